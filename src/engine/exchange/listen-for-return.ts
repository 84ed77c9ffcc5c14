/**
 * Calls back when a viewer may be coming back to a player: with the pointer, the focus (a frame that
 * takes it blurs the window), or to the page.
 */
export function listenForReturn(
  node: HTMLElement,
  signal: AbortSignal,
  onReturn: () => void,
): void {
  const check = (): void => {
    if (document.visibilityState === 'visible') onReturn();
  };
  for (const type of ['pointerenter', 'focusin', 'touchstart']) {
    node.addEventListener(type, check, { signal, passive: true });
  }
  for (const type of ['pageshow', 'focus', 'blur']) addEventListener(type, check, { signal });
  document.addEventListener('visibilitychange', check, { signal });
}
