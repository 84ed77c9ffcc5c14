import { find, findPart } from './find.js';
import { findBufferEnd } from './recording/find-buffer-end.js';
import type { Lane } from './recording/recording.js';
import type { StallMeter } from './recording/stall-meter.js';

/** What is read of a player, ours or another. */
export type Readable = Pick<
  HTMLVideoElement,
  'currentTime' | 'buffered' | 'paused' | 'videoWidth' | 'videoHeight'
>;

/** A player's place on the page, with what is counted of it. */
export class Card {
  readonly node: HTMLElement;
  readonly stage: HTMLElement;

  constructor(name: string) {
    const template = find('#player-card', HTMLTemplateElement);
    this.node = find('.card', HTMLElement, document.importNode(template.content, true));
    this.stage = findPart(this.node, 'stage', HTMLElement);
    find('h2', HTMLHeadingElement, this.node).textContent = name;
  }

  setText(part: string, text: string): void {
    const node = findPart(this.node, part, HTMLElement);
    if (node.textContent !== text) node.textContent = text;
  }

  showFacts(player: Readable, stalls: StallMeter, renewals: number): void {
    const { buffered, currentTime, videoWidth, videoHeight } = player;
    const end = findBufferEnd(buffered, currentTime);
    this.setText('renewals', String(renewals));
    this.setText('stalls', String(stalls.count));
    this.setText('stalled', formatMs(stalls.totalMs(performance.now())));
    this.setText('buffered', end === undefined ? '–' : `${(end - currentTime).toFixed(0)} s ahead`);
    this.setText('picture', videoHeight > 0 ? `${videoWidth} × ${videoHeight}` : '–');
  }
}

/** Writes down where a player is, for the timeline. */
export function sample(lane: Lane, player: Readable, stalls: StallMeter): void {
  const { currentTime, buffered, paused } = player;
  lane.stalls = stalls.stalls;
  if (paused && currentTime === 0) return;
  lane.sample({
    atMs: performance.now(),
    positionSeconds: currentTime,
    bufferedToSeconds: findBufferEnd(buffered, currentTime) ?? currentTime,
  });
}

function formatMs(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
