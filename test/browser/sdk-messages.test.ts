import { expect } from 'chai';
import fc from 'fast-check';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import '../../src/index.js';
import type { SignedStreamElement } from '../../src/index.js';
import { createElement } from './support/create-element.js';
import { localStream } from './support/local-stream.js';
import { until } from './support/until.js';

const MESSAGES = 20_000;
const BATCH = 200;
const SECRET = 'SeCrEt';

const EVENTS = [
  ...['abort', 'canplay', 'canplaythrough', 'durationchange', 'ended', 'loadeddata'],
  ...['loadedmetadata', 'loadstart', 'pause', 'play', 'playing', 'progress', 'ratechange'],
  ...['resize', 'seeked', 'seeking', 'stalled', 'suspend', 'timeupdate', 'volumechange', 'waiting'],
];

const anyNumber = fc.oneof(
  fc.double({ min: 0, max: 120 }),
  fc.constantFrom(0, -1, NaN, Infinity, -Infinity, 1e300),
);
const anyValue = fc.oneof(
  { arbitrary: anyNumber, weight: 4 },
  { arbitrary: fc.boolean(), weight: 2 },
  { arbitrary: fc.constantFrom(undefined, null, '', 'text', {}), weight: 1 },
);
const anyState = fc.record(
  {
    currentTime: anyValue,
    duration: anyValue,
    ended: anyValue,
    muted: anyValue,
    paused: anyValue,
    playbackRate: anyValue,
    seeking: anyValue,
    videoHeight: anyValue,
    videoWidth: anyValue,
    volume: anyValue,
    buffered: fc.array(fc.tuple(anyNumber, anyNumber), { maxLength: 3 }),
    played: fc.array(fc.tuple(anyNumber, anyNumber), { maxLength: 3 }),
  },
  { requiredKeys: ['buffered', 'played'] },
);
const anyName = fc.oneof(
  { arbitrary: fc.constantFrom(...EVENTS), weight: 100 },
  { arbitrary: fc.constantFrom('error', SECRET, 'constructor'), weight: 1 },
);
const from = fc.constant('stream-player' as const);
const anyMessage = fc.oneof(
  {
    arbitrary: fc.record({
      from,
      type: fc.constant('event'),
      name: anyName,
      state: anyState,
    }),
    weight: 20,
  },
  {
    arbitrary: fc.record({
      from,
      type: fc.constant('settled'),
      call: fc.integer({ min: 0, max: 5 }),
      error: fc.constantFrom(undefined, { name: SECRET, message: SECRET }),
    }),
    weight: 2,
  },
  { arbitrary: fc.record({ from, type: fc.constant('ready'), state: anyState }), weight: 1 },
  { arbitrary: fc.constantFrom(null, 7, SECRET, {}, { from: SECRET }, []), weight: 1 },
);

/** Whether a player that says so is taken for dead, and put up anew. */
function isDeath(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'name' in message
    ? message.name === 'error'
    : false;
}

/** What a page can read of an element while it hears of something. */
function readAll(element: SignedStreamElement): string {
  const { buffered, error } = element;
  return [
    ...[element.currentTime, element.duration, element.paused, element.ended, element.volume],
    ...[element.muted, element.playbackRate, element.readyState, element.seeking],
    ...[element.videoWidth, element.videoHeight, buffered.length, error?.message],
  ].join(' ');
}

describe('any message of the Stream player', function () {
  this.timeout(60_000);
  let element: SignedStreamElement;
  const ended = new AbortController();

  after(() => {
    ended.abort();
    element.remove();
  });

  it(`does no harm, and is asked of nobody else: ${MESSAGES} messages`, async () => {
    const failures: string[] = [];
    const told: string[] = [];
    const { signal } = ended;
    const fail = ({ message }: { readonly message: string }): number => failures.push(message);
    window.addEventListener('error', fail, { signal });
    window.addEventListener('unhandledrejection', ({ reason }) => failures.push(String(reason)), {
      signal,
    });
    element = createElement(SAMPLE_UIDS.pathToken, { player: 'iframe', muted: '', autoplay: '' });
    for (const type of [...EVENTS, 'error', 'tokenerror', 'tokenchange']) {
      element.addEventListener(type, (event) => {
        const message = 'error' in event ? String(event.error) : '';
        told.push(`${event.type} ${message} ${JSON.stringify(event)} ${readAll(element)}`);
      });
    }
    document.body.append(element);
    await until(() => element.readyState > 0, 'the player is loaded');

    const origins = new Set<string>();
    const seen = new PerformanceObserver((list) => {
      for (const { name } of list.getEntries()) origins.add(new URL(name).origin);
    });
    seen.observe({ type: 'resource', buffered: true });
    const frameOrigin = new URL(localStream.origins.delivery).origin;
    // While a player that has died is put up anew nobody hears anything: at first none dies.
    const harmless = anyMessage.filter((message) => !isDeath(message));
    const messages: unknown[] = [
      ...fc.sample(harmless, BATCH),
      ...fc.sample(anyMessage, MESSAGES - BATCH),
    ];
    let heard = 0;
    for (let at = 0; at < MESSAGES; at += BATCH) {
      for (const data of messages.slice(at, at + BATCH)) {
        const source = element.shadowRoot?.querySelector('iframe')?.contentWindow ?? null;
        window.dispatchEvent(new MessageEvent('message', { source, origin: frameOrigin, data }));
      }
      heard += told.length;
      const leaked = told.find((text) => text.includes(SECRET) || text.includes('eyJ'));
      expect(leaked).to.equal(undefined);
      told.length = 0;
      // The element's own work between two messages is part of what is tried.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    seen.disconnect();
    expect(failures).to.deep.equal([]);
    expect(heard).to.be.greaterThan(20);
    const known = [location.origin, ...Object.values(localStream.origins)];
    known.push(new URL(localStream.sdkUrl).origin);
    expect([...origins].filter((origin) => !known.includes(origin))).to.deep.equal([]);
  });

  it('and another player on the page plays afterwards', async () => {
    element.remove();
    element = createElement(SAMPLE_UIDS.pathToken, { player: 'iframe', muted: '', autoplay: '' });
    document.body.append(element);
    await until(() => element.currentTime > 1, 'it plays');
    expect(element.error).to.equal(null);
  });
});
