/** As much of the element as is used. */
interface Player extends EventTarget {
  muted: boolean;
  play(): Promise<void>;
}

/**
 * Begins by itself, with sound. Where the browser lets nothing do so before the viewer has done
 * something in the page, a `<video>` says nothing of it; this one fires `autoplayblocked`.
 *
 * @param mutedFallback whether it then plays without sound
 */
export async function playWithSound(player: Player, mutedFallback: boolean): Promise<void> {
  try {
    await player.play();
  } catch (error) {
    if (!isNotAllowed(error)) return;
    if (mutedFallback) {
      player.muted = true;
      // It may be blocked all the same, to save energy.
      await player.play().catch(() => {});
    }
    player.dispatchEvent(new Event('autoplayblocked'));
  }
}

function isNotAllowed(error: unknown): boolean {
  return error instanceof Error && error.name === 'NotAllowedError';
}
