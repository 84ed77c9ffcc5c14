import { Card, sample } from '../card.js';
import { findPart } from '../find.js';
import type { Recording } from '../recording/recording.js';
import { StallMeter } from '../recording/stall-meter.js';
import type { Source } from '../source.js';
import { ReloadPlayer } from './reload-player.js';

const NAME = 'Source set again';

/** The player that stands beside ours: the same video, its source set again for each token. */
export class ReloadCard {
  readonly #recording: Recording;
  readonly #card = new Card(NAME);
  readonly #stalls = new StallMeter();
  #video = document.createElement('video');
  #player: ReloadPlayer | undefined;
  #source: Source;
  #renewals = 0;
  #frame = 0;

  constructor(recording: Recording, source: Source) {
    this.#recording = recording;
    this.#source = source;
    this.#card.setText('state', 'What people do');
    this.#card.setText('left', 'Fetched and set before each token ends.');
    findPart(this.node, 'renew', HTMLButtonElement).remove();
    findPart(this.node, 'bar', HTMLElement).remove();
    recording.lane('reload').isOpen = true;
    this.#start();
    const animate = (): void => {
      sample(recording.lane('reload'), this.#video, this.#stalls);
      this.#card.showFacts(this.#video, this.#stalls, this.#renewals);
      this.#frame = requestAnimationFrame(animate);
    };
    this.#frame = requestAnimationFrame(animate);
  }

  get node(): HTMLElement {
    return this.#card.node;
  }

  update(source: Source): void {
    const before = this.#source;
    this.#source = source;
    const isSame =
      before.videoId === source.videoId &&
      before.tokenEndpoint === source.tokenEndpoint &&
      before.tokenProvider === source.tokenProvider;
    if (isSame || !this.#player) return;
    this.removeElement();
    this.#start();
  }

  removeElement(): void {
    this.#player?.destroy();
    this.#player = undefined;
    this.#video.remove();
  }

  putElementBack(): void {
    if (!this.#player) this.#start();
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#recording.lane('reload').isOpen = false;
    this.removeElement();
    this.node.remove();
  }

  #start(): void {
    this.#renewals = 0;
    this.#stalls.restart();
    const { title, live } = this.#source;
    const video = document.createElement('video');
    Object.assign(video, { controls: true, muted: true, playsInline: true, loop: !live });
    video.ariaLabel = `${title} (${NAME})`;
    for (const type of STALL_EVENTS) {
      video.addEventListener(type, () => this.#stalls.take(type, video, performance.now()));
    }
    this.#card.stage.replaceChildren(video);
    this.#video = video;
    this.#player = this.#play(video);
  }

  #play(video: HTMLVideoElement): ReloadPlayer {
    const lane = this.#recording.lane('reload');
    return new ReloadPlayer(video, this.#source, {
      onToken: (endsInMs, isFirst) => {
        if (!isFirst) this.#renewals += 1;
        const fromMs = performance.now();
        const reason = isFirst ? 'initial' : 'scheduled';
        lane.addToken({ fromMs, endsMs: fromMs + endsInMs, reason });
      },
      onFailure: (code, status) => {
        lane.failures.push({ atMs: performance.now(), code, status });
      },
    });
  }
}

const STALL_EVENTS = ['playing', 'waiting', 'emptied', 'seeking', 'pause', 'ended'];
