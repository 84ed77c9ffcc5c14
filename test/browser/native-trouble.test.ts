import { expect } from 'chai';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import '../../src/index.js';
import type { SignedStreamElement, TokenProvider } from '../../src/index.js';
import { createElement } from './support/create-element.js';
import { itUnless, refusedSeek } from './support/engine-limits.js';
import { localStream } from './support/local-stream.js';
import { forgetMediaSource, playsHls } from './support/native.js';
import { until } from './support/until.js';
import { PlaybackWatch } from './support/watch-playback.js';

const UID = SAMPLE_UIDS.ownSignature;
const LIFETIME_SECONDS = 12;
const DAY_MS = 24 * 3_600_000;
const NIGHT_MS = 8 * 3_600_000;

/** What is never told to a page that plays on, whatever became of its player. */
const SIGNS_OF_AN_END = ['emptied', 'ended', 'error', 'loadstart', 'pause', 'volumechange'];

forgetMediaSource();

describe(playsHls ? 'native HLS in trouble' : 'native HLS: this browser plays none', function () {
  this.timeout(120_000);
  const { now } = Date;
  let element: SignedStreamElement;
  let watch: PlaybackWatch;

  before(function () {
    if (!playsHls) this.skip();
  });

  const open = async (
    tokenProvider?: TokenProvider,
    lifetimeSeconds = LIFETIME_SECONDS,
  ): Promise<void> => {
    const endpoint = tokenProvider === undefined ? toEndpoint(lifetimeSeconds) : '';
    const attributes = { player: 'hls', muted: '', autoplay: '', 'token-endpoint': endpoint };
    element = createElement(UID, attributes);
    element.tokenProvider = tokenProvider;
    document.body.append(element);
    watch = new PlaybackWatch(element);
    await watch.begins();
  };
  const alert = (): string | undefined =>
    element.shadowRoot?.querySelector('[role=alert]')?.textContent ?? undefined;
  const signsOfAnEnd = (): string[] =>
    watch.interruptions.filter((type) => SIGNS_OF_AN_END.includes(type));

  afterEach(async () => {
    element.remove();
    Date.now = now;
    await control('clock', { skewMs: 0 });
    await control('link', { kbps: null });
    await control(`video/${UID}`, { allowedOrigins: [] });
  });

  it('an outage that buffer and token outlast is not seen', async () => {
    let failures = 0;
    let isDown = false;
    await open(async (request) => {
      if (!isDown || failures >= 2) return askToken(request);
      failures += 1;
      throw new Error('down');
    });
    isDown = true;
    await until(() => failures >= 2, 'it failed');
    await watch.outlasts(2);
    expect(watch.interruptions).to.deep.equal([]);
    expect(alert()).to.equal(undefined);
  });

  for (const soughtSeconds of [undefined, 100]) {
    const where = soughtSeconds === undefined ? 'where it was' : 'where the viewer has gone';
    const limit = soughtSeconds === undefined ? undefined : refusedSeek;
    itUnless(
      limit,
      `an outage that they do not outlast is told, and got over, ${where}`,
      async () => {
        let isDown = false;
        // So that not all of the video has come before the token is over.
        await control('link', { kbps: 300 });
        await open(async (request) => {
          if (isDown) throw new Error('down');
          return askToken(request);
        });
        isDown = true;
        if (soughtSeconds !== undefined) {
          await until(() => Number(element.expiresAt) < Date.now(), 'the token is over');
          element.currentTime = soughtSeconds;
        }
        const leastSeconds = soughtSeconds ?? element.currentTime;
        await until(() => alert() !== undefined, 'the viewer reads why nothing plays', 90_000);
        expect(alert()).to.contain('cannot be reached');
        expect(element.error?.cause.code).to.equal('endpoint-unreachable');
        expect(element.paused).to.equal(false);
        const { currentTime } = element;
        expect(currentTime).to.be.within(leastSeconds, leastSeconds + 60);
        isDown = false;
        await until(() => element.currentTime > currentTime + 1, 'it plays on', 60_000);
        expect(element.currentTime).to.be.below(currentTime + 10);
        expect(alert()).to.equal(undefined);
        expect(element.error).to.equal(null);
        // While the next one loads on that link, it may be told once more.
        expect([...new Set(signsOfAnEnd())]).to.deep.equal(['error']);
      },
    );
  }

  it('access that is taken away is told, until it is given back', async () => {
    await open();
    await control(`video/${UID}`, { allowedOrigins: ['example.com'] });
    await until(() => alert() !== undefined, 'the viewer reads why nothing plays', 90_000);
    expect(alert()).to.contain('not allowed to watch');
    expect(element.error?.cause.code).to.equal('playback-forbidden');
    const { currentTime } = element;
    await control(`video/${UID}`, { allowedOrigins: [] });
    await until(() => element.currentTime > currentTime + 1, 'it plays on', 60_000);
    expect(element.currentTime).to.be.below(currentTime + 10);
    expect(alert()).to.equal(undefined);
    expect(signsOfAnEnd()).to.deep.equal(['error']);
  });

  it('a clock that is wrong, and jumps while it plays, is not noticed', async () => {
    Date.now = () => now() - DAY_MS;
    await open();
    await watch.outlasts(2);
    Date.now = () => now() + DAY_MS;
    await watch.outlasts(2);
    expect(watch.interruptions).to.deep.equal([]);
    expect(alert()).to.equal(undefined);
  });

  for (const isPlaying of [true, false]) {
    it(`goes on after a night's sleep, ${isPlaying ? 'playing' : 'paused'}`, async () => {
      await open(undefined, 60);
      if (!isPlaying) {
        element.pause();
        await until(() => watch.interruptions.includes('pause'), 'it is paused');
      }
      const { currentTime } = element;
      watch.interruptions.length = 0;
      // All clocks but the device's stood still.
      Date.now = () => now() + NIGHT_MS;
      await control('clock', { skewMs: NIGHT_MS });
      dispatchEvent(new Event('online'));
      if (!isPlaying) await element.play();
      await until(() => element.currentTime > currentTime + 15, 'it plays on', 60_000);
      expect(signsOfAnEnd()).to.deep.equal([]);
      expect(alert()).to.equal(undefined);
    });
  }

  it('taken away while it is renewed, it leaves nothing, and put back it plays', async () => {
    let answer: () => void = () => {};
    let isWaiting = false;
    await open(async (request) => {
      if (request.reason !== 'initial' && !isWaiting) {
        isWaiting = true;
        await new Promise<void>((resolve) => (answer = resolve));
      }
      return askToken(request);
    });
    await until(() => isWaiting, 'it is renewed');
    element.remove();
    await until(() => element.shadowRoot?.querySelector('video') === null, 'no video is left');
    answer();
    document.body.append(element);
    await watch.playsOn(2);
    expect(alert()).to.equal(undefined);
    expect(element.error).to.equal(null);
  });
});

function toEndpoint(lifetimeSeconds: number): string {
  return `${localStream.tokenEndpoint}?lifetime=${lifetimeSeconds}`;
}

async function askToken({ videoId }: { readonly videoId: string }): Promise<string> {
  const response = await fetch(`${toEndpoint(LIFETIME_SECONDS)}&video-id=${videoId}`);
  return response.text();
}

async function control(path: string, body: unknown): Promise<void> {
  const response = await fetch(`${localStream.controlUrl}${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The local Stream answered ${response.status}.`);
}
