import type { EngineTracks, Rendition, TrackKind } from '../engine.js';

/** What a viewer has chosen, by what it is called in every player of the video. */
export interface Choices {
  readonly text: Set<string>;
  audio: string | undefined;
  video: string | undefined;
}

/** By the root that an element has its players in. */
const kept = new WeakMap<Node, Choices>();

/**
 * Notes what is chosen in a player that goes, for the next one of the same element: one that is lazy gives
 * its player back, and one that failed gets another. What a player has chosen by itself is not noted.
 */
export function keepChoices(player: Node, tracks: EngineTracks): void {
  // What it has not come to yet is still to be chosen.
  const open = findChoices(player);
  const shown = tracks.text.filter(({ kind, mode }) => kind !== 'metadata' && mode === 'showing');
  const heard = tracks.audio.find(({ enabled, kind }) => enabled && kind !== 'main');
  const seen = tracks.video.find(({ selected }) => selected);
  kept.set(player.getRootNode(), {
    text: shown.length > 0 ? new Set(shown.map(nameOf)) : (open?.text ?? new Set()),
    audio: heard ? nameOf(heard) : open?.audio,
    video: seen ? sizeOf(seen) : open?.video,
  });
}

/** What was chosen in the player before this one. */
export function findChoices(player: Node): Choices | undefined {
  return kept.get(player.getRootNode());
}

/** Chooses it again as soon as it is there; each once, as the viewer may choose otherwise from then on. */
export function choose(kind: TrackKind, choices: Choices, tracks: EngineTracks): void {
  if (kind === 'text') {
    for (const track of tracks.text) {
      if (choices.text.delete(nameOf(track))) track.mode = 'showing';
    }
  } else if (kind === 'audio') {
    const track = tracks.audio.find((one) => nameOf(one) === choices.audio);
    if (track === undefined) return;
    choices.audio = undefined;
    track.enabled = true;
  } else {
    const rendition = tracks.video.find((one) => sizeOf(one) === choices.video);
    if (rendition === undefined) return;
    choices.video = undefined;
    rendition.selected = true;
  }
}

interface Named {
  readonly kind: string;
  readonly language: string;
  readonly label: string;
}

function nameOf({ kind, language, label }: Named): string {
  return [kind, language, label].join(' ');
}

function sizeOf({ height, bitrate }: Rendition): string {
  return `${height} ${bitrate}`;
}
