import type { PropertyDeclarations, PropertyValues } from '@lit/reactive-element';
import { buildDownloadUrl } from '../delivery/download-url.js';
import type { PlayerSettings } from '../engine/engine.js';
import { SignedStreamError } from '../errors.js';
import type { TokenClaims } from '../token/claims.js';
import { playWithSound } from './autoplay.js';
import { Complaint } from './complaint.js';
import { SignedStreamErrorEvent, TokenChangeEvent, TokenErrorEvent } from './events.js';
import { isInPictureInPicture, isInView } from './in-view.js';
import { NearViewport } from './near-viewport.js';
import { Opening } from './opening.js';
import { OptionHost } from './option-host.js';
import { needsNewPlayer, toPlaybackError, type PlaybackError } from './playback-error.js';
import { ORIGIN_KEYS, SOURCE_KEYS } from './property-groups.js';
import { readSettings, readSource, readTokenOrigin } from './read-options.js';
import type { PlaybackSession, SessionSource } from './session.js';
import { PlayerStates } from './states.js';
import { styles } from './styles.js';
import { toDate } from './to-date.js';
import { readTokenState, type TokenState } from './token-state.js';

/**
 * Plays a private Cloudflare Stream video, and keeps its token fresh while somebody watches.
 *
 * @summary A private Cloudflare Stream video whose token is renewed without a viewer noticing.
 * @tag signed-stream
 * @attr {string} title - What the player is called, for those who cannot see it. Default `Video`.
 * @attr {"live" | "on-demand"} stream-type - What it is going to be, for controls that are shown before it is known.
 * @attr {string} lang - Language of its messages; by default that of what it stands in.
 * @slot error - The page's own words in the message that a viewer gets when nothing can be played.
 * @slot retry - The page's own button in it: a click on it tries again.
 * @fires {TokenChangeEvent} tokenchange - A token was taken; says why and when it ends.
 * @fires {TokenErrorEvent} tokenerror - No token came; says why, and whether it is tried again.
 * @fires {Event} autoplayblocked - The browser let it not begin by itself with sound.
 * @fires {SignedStreamErrorEvent} error - Nothing is left to play, and the viewer is told why.
 * @csspart player - The box around the player.
 * @csspart video - The video of the hls player.
 * @csspart frame - The frame of the Stream player.
 * @csspart error - The message that a viewer gets when nothing can be played.
 * @csspart retry - The button in it.
 * @cssproperty [--signed-stream-background=#000] - Behind the video.
 * @cssproperty [--signed-stream-object-fit=contain] - How the video fills its box.
 * @cssproperty [--signed-stream-captions-lift=0px] - How far captions are lifted, above controls of the page's own.
 * @cssproperty [--signed-stream-error-color=#fff] - Text of the message.
 * @cssproperty [--signed-stream-error-background=rgb(0 0 0 / 0.82)] - Background of the message.
 * @cssstate loading - Nothing to play yet.
 * @cssstate ready - Plays.
 * @cssstate renewing - Plays while a token is being fetched.
 * @cssstate paused - Could play.
 * @cssstate expired - Stopped, because the token ended and none followed.
 * @cssstate failed - Stopped by another failure.
 */
export class SignedStreamElement extends OptionHost {
  static override styles = styles;
  static override properties: PropertyDeclarations = { problem: { state: true, attribute: false } };

  private problem: SignedStreamError | undefined;

  /** Until there is a session. */
  #opening: Opening | undefined;
  #session: PlaybackSession | undefined;
  #source: SessionSource | undefined;
  #hasBegun = false;
  /** Whether the next player is not to begin by itself, as the last one stood still. */
  #staysPaused = false;
  #player!: HTMLElement;
  readonly #complaint = new Complaint(this, {
    wordsChanged: () => {
      this.#say();
      this.#session?.update(this.#readSettings());
    },
    retry: () => this.#retry(),
  });
  readonly #states = new PlayerStates(this);
  readonly #near = new NearViewport(this, () => {
    if (this.#near.isNear) this.requestUpdate();
    else this.#giveBack();
  });

  /** How the token stands: `none fetching valid renewing early expired failed`. */
  get tokenState(): TokenState {
    return readTokenState(this.#session?.lease, this.#opening?.isAsking === true);
  }

  /** What the token says of itself; `null` where there is none. */
  get claims(): TokenClaims | null {
    return this.#session?.lease.token?.claims ?? null;
  }

  /** When the token ends, by the server's clock; `null` where there is none or it does not. */
  get expiresAt(): Date | null {
    return toDate(this.#session?.lease.token?.expiresAtMs);
  }

  /** Address of the MP4, with the present token in it; `null` unless that is `downloadable`. */
  get downloadUrl(): string | null {
    const token = this.#session?.lease.token;
    if (!this.#source || !token?.claims.downloadable) return null;
    return buildDownloadUrl(this.#source.delivery, token.text);
  }

  /** Why nothing can be played; `null` while there is something to play. */
  get error(): PlaybackError | null {
    return this.problem === undefined ? null : toPlaybackError(this.problem);
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'title', 'lang', 'stream-type'];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    // It names the player, or says in which language.
    if (name === 'title' || name === 'lang') this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#session?.moved();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move within the page disconnects and connects at once, and is no reason to stop.
    setTimeout(() => this.#leave());
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    const player = { className: 'player', tabIndex: -1 };
    this.#player = Object.assign(document.createElement('div'), player);
    this.#player.part.add('player');
    // There may be what a server has written.
    root.replaceChildren(this.#player);
    return root;
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    this.#say();
  }

  protected override updated(changed: PropertyValues): void {
    const has = (key: string): boolean => changed.has(key);
    const isOther = SOURCE_KEYS.some(has);
    // It is put back with something else to play.
    if (this.#isLoading && (isOther || ORIGIN_KEYS.some(has))) this.#leave();
    // Telling a problem is no reason to load again what has just failed to.
    if (!this.isConnected || (changed.size === 1 && has('problem'))) return;
    if (!this.#isLoading || isOther) {
      this.#load(this.#source !== undefined && this.#source.videoId !== this.videoId);
    } else if (this.#session) {
      if (ORIGIN_KEYS.some(has)) this.#session.changeOrigin(readTokenOrigin(this));
      if (has('token') && this.token !== '') this.#session.seed(this.token);
      this.#session.update(this.#readSettings());
    }
    this.#updateStates();
  }

  /**
   * Fetches a new token now, and has the player use it as soon as it needs one.
   *
   * @throws SignedStreamError why there is none
   */
  async renewToken(): Promise<void> {
    await this.#opening?.done;
    const lease = this.#session?.lease;
    if (lease === undefined) {
      throw new SignedStreamError('token-missing', 'Nothing is loaded that needs a token.');
    }
    await lease.renew(new AbortController().signal);
  }

  /** Loads the video anew, as `load()` of a `<video>` does. */
  load(): void {
    this.#load(this.#source !== undefined);
  }

  protected override applyChanges(): void {
    if (this.hasUpdated && this.isConnected && this.isUpdatePending) this.performUpdate();
  }

  protected override playbackWanted(): void {
    this.requestUpdate();
  }

  protected override mediaChanged(type: string): void {
    if (type === 'canplay' && this.#isToBegin()) {
      void playWithSound(this, this.getAttribute('autoplay') === 'muted-fallback');
    }
    // Browsers pause by themselves what begins by itself and is scrolled away.
    if (type === 'pause') this.#staysPaused = this.loading === 'lazy' && isInView(this);
    if (type === 'play') this.#staysPaused = false;
    // After all but these a viewer may have, or lack, something to play, or need no more tokens.
    if (type !== 'timeupdate' && type !== 'progress') {
      this.#session?.playbackChanged();
      this.#updateStates();
      // After the first picture, which it must not delay.
      if (type === 'playing') this.#complaint.prepare();
    }
    if (type === 'pause') queueMicrotask(() => this.#giveBack());
  }

  /** One that is lazy has no player while it is far away and does not play; its position is kept. */
  #giveBack(): void {
    const isSeen = this.#near.isNear || isInPictureInPicture(this.renderRoot);
    if (this.loading !== 'lazy' || isSeen || !this.#isLoading || !this.paused) return;
    if (this.#stop()) this.dispatchEvent(new Event('emptied'));
    this.#near.start();
  }

  /** What is out of the page has no player and does not play; it may be put back. */
  #leave(): void {
    if (this.isConnected) return;
    this.#staysPaused = false;
    if (this.#stop()) this.dispatchEvent(new Event('emptied'));
    this.pause();
  }

  /** Whether there is, or is going to be, something to play. */
  get #isLoading(): boolean {
    return this.#session !== undefined || this.#opening !== undefined;
  }

  /** Whether it is to begin by itself, with sound; asked once for each video. */
  #isToBegin(): boolean {
    const isFirst = !this.#hasBegun;
    this.#hasBegun = true;
    return isFirst && this.autoplay && !this.muted && this.paused && !this.isPauseAsked;
  }

  /** Starts what the attributes ask for, in the place of what there is. */
  #load(fromStart: boolean): void {
    const wasPlaying = !this.paused && !this.ended;
    const wasLoaded = this.#stop();
    if (fromStart) {
      this.reset();
      this.#source = undefined;
      this.#hasBegun = this.#staysPaused = false;
    } else if (wasLoaded) this.#staysPaused = this.#hasBegun && !wasPlaying;
    if (this.videoId !== '' && this.isConnected && this.#isWorthLoading()) {
      if (wasLoaded && wasPlaying && !fromStart) this.playOn();
      this.#begin();
    }
    if (!wasLoaded) return;
    for (const type of ['abort', 'emptied']) this.dispatchEvent(new Event(type));
  }

  #begin(): void {
    const source = this.#readSource();
    if (source === undefined) return;
    this.#source = source;
    this.#opening = new Opening(
      {
        opened: (session) => {
          this.#opening = undefined;
          this.#session = session;
          void session.start(this.token);
          // What has changed since it was wanted.
          session.changeOrigin(readTokenOrigin(this));
        },
        settings: () => this.#readSettings(),
        startSeconds: () => this.takeStart() || this.startTime,
        isFromStart: () => this.start + this.startTime === 0,
        engineReady: (engine) => {
          this.#player.append(engine.node);
          this.attachEngine(engine);
          this.#updateStates();
        },
        tokenChanged: (token, reason) => {
          this.dispatchEvent(new TokenChangeEvent(reason, toDate(token.expiresAtMs)));
          this.#updateStates();
        },
        renewalFailed: ({ error, attempt, willRetry }) => {
          this.dispatchEvent(new TokenErrorEvent(error, attempt, willRetry));
        },
        problemChanged: (problem) => this.#showProblem(problem),
      },
      source,
      readTokenOrigin(this),
    );
    this.#opening.start(this.token !== '');
  }

  /** Ends what there is, and says whether there was a player. */
  #stop(): boolean {
    const wasLoaded = this.detachEngine();
    this.#near.stop();
    if (!this.#isLoading && this.problem === undefined) return wasLoaded;
    this.#opening?.end();
    this.#session?.destroy();
    this.#opening = this.#session = undefined;
    this.problem = undefined;
    this.#complaint.raise(false);
    this.#updateStates();
    return wasLoaded;
  }

  #showProblem(problem: SignedStreamError | undefined): void {
    this.problem = problem;
    this.#complaint.raise(problem !== undefined);
    if (problem !== undefined) this.dispatchEvent(new SignedStreamErrorEvent(problem));
    this.#updateStates();
  }

  #say(): void {
    const startsAt = toDate(this.#session?.lease.token?.startsAtMs);
    this.#complaint.update(this.#player, this.problem, startsAt);
  }

  #retry(): void {
    const { problem } = this;
    if (!this.#session || (problem && needsNewPlayer(problem))) this.#load(false);
    else this.#session.retry();
  }

  #readSettings(): PlayerSettings {
    const settings = readSettings(this, this.#complaint.defaultTitle);
    return { ...settings, autoplay: settings.autoplay && !this.#staysPaused };
  }

  #isWorthLoading(): boolean {
    if (this.loading === 'lazy') {
      this.#near.start();
      if (!this.#near.isNear) return false;
    }
    return this.preload !== 'none' || this.autoplay || this.isPlaybackWanted;
  }

  #readSource(): SessionSource | undefined {
    try {
      return readSource(this);
    } catch (error) {
      const message = error instanceof Error ? error.message : '';
      this.#showProblem(new SignedStreamError('option-invalid', message, { cause: error }));
      return undefined;
    }
  }

  #updateStates(): void {
    this.#states.update({
      problem: this.problem,
      hasEngine: this.engineOrUndefined !== undefined,
      readyState: this.readyState,
      paused: this.paused,
      renewing: this.#session?.lease.renewing === true,
    });
  }
}
