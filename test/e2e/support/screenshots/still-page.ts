/**
 * Runs in the demo page: puts pictures of themselves in the place of what moves. Markup, styles and
 * drawing are the page's own; only what they show is made up, and the same each time.
 */
import { findPart } from '../../../../demo/page/find.js';
import { Recording, type Lane, type LaneId } from '../../../../demo/page/recording/recording.js';
import { layOut } from '../../../../demo/page/timeline/lay-out.js';
import { paint, readPalette } from '../../../../demo/page/timeline/paint.js';
import { describeTokenLife, type TokenLife } from '../../../../demo/page/token-life.js';
import { EventLog } from '../../../../demo/page/event-log.js';
import { find } from '../../../../demo/page/find.js';

interface StillCard {
  readonly lane: LaneId;
  /** Absent where the card does not show one. */
  readonly life?: TokenLife;
  readonly facts: Readonly<Record<string, string>>;
}

const CARDS: Readonly<Record<string, StillCard>> = {
  'Stream’s player': {
    lane: 'iframe',
    life: { state: 'valid', leftSeconds: 7.4, lifetimeSeconds: 10, failedAttempts: 0 },
    facts: { renewals: '3', buffered: '19 s ahead', picture: '1280 × 720' },
  },
  'hls.js': {
    lane: 'hls',
    life: { state: 'renewing', leftSeconds: 1.8, lifetimeSeconds: 10, failedAttempts: 2 },
    facts: { renewals: '12', buffered: '20 s ahead', picture: '1280 × 720' },
  },
  'Source set again': {
    lane: 'reload',
    facts: {
      renewals: '3',
      stalls: '3',
      stalled: '1.4 s',
      buffered: '4 s ahead',
      picture: '1280 × 720',
    },
  },
};

function holdStill(): void {
  const lanes = [...document.querySelectorAll<HTMLElement>('#players > .card')].map(stopCard);
  drawTimeline(lanes);
  fillLog();
}

/** The card's player goes, and nothing writes into what is left of it. */
function stopCard(card: HTMLElement): LaneId {
  const { lane, life, facts } = CARDS[find('h2', HTMLElement, card).textContent] ?? {};
  if (lane === undefined || facts === undefined)
    throw new Error('The page has a card unknown here');
  const still = card.cloneNode(true) as HTMLElement;
  findPart(still, 'stage', HTMLElement).replaceChildren();
  card.replaceWith(still);
  for (const [part, text] of Object.entries({ stalls: '0', stalled: '0 ms', ...facts })) {
    findPart(still, part, HTMLElement).textContent = text;
  }
  if (life) {
    const { chip, tone, left, share } = describeTokenLife(life);
    const state = findPart(still, 'state', HTMLElement);
    state.textContent = chip;
    state.dataset['tone'] = tone;
    findPart(still, 'left', HTMLElement).textContent = left;
    findPart(still, 'bar', HTMLElement).classList.toggle('is-low', share < 0.2);
    findPart(still, 'fill', HTMLElement).style.translate = `${share * 100 - 100}%`;
  }
  return lane;
}

function drawTimeline(lanes: readonly LaneId[]): void {
  const panel = find('#timeline', HTMLElement);
  const drawn = find('canvas', HTMLCanvasElement, panel);
  const canvas = document.createElement('canvas');
  // The page goes on drawing into the one it knows.
  drawn.replaceWith(canvas);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser draws nothing');
  const recording = record(lanes);
  const width = findPart(panel, 'view', HTMLElement).clientWidth;
  const scene = layOut(recording, { width, fromMs: 0, toMs: 34_500, nowMs: NOW_MS });
  canvas.width = width;
  canvas.height = scene.height;
  canvas.style.height = `${scene.height}px`;
  paint(
    context,
    scene,
    readPalette(panel),
    scene.marks.find(({ look }) => look === 'renewal'),
  );
  findPart(panel, 'detail', HTMLElement).textContent =
    '7.5 s: Renewed: scheduled. Token 2, good for 10.0 s';
}

const NOW_MS = 26_000;

/** Twenty-six seconds in which something of each kind happens. */
function record(lanes: readonly LaneId[]): Recording {
  const recording = new Recording();
  for (const id of lanes) fillLane(recording.lane(id), id === 'reload');
  recording.lane('page').requests = [0, 7.2, 14.7, 22.2].map((second) =>
    toRequest({ from: second, lasts: 0.3, type: 'token', status: second === 14.7 ? 500 : 200 }),
  );
  const last = recording.lane(lanes.at(-1) ?? 'hls');
  last.failures.push({ atMs: 15_000, code: 'endpoint-refused', status: 500 });
  recording.deeds.push({ atMs: 14_000, name: 'token endpoint: status-500' });
  return recording;
}

function fillLane(lane: Lane, hasStalls: boolean): void {
  for (let atMs = 1000; atMs <= NOW_MS; atMs += 200) {
    const positionSeconds = (atMs - 1000) / 1000;
    const bufferedToSeconds = 4 * Math.ceil((positionSeconds + (hasStalls ? 2 : 12)) / 4);
    lane.sample({ atMs, positionSeconds, bufferedToSeconds });
  }
  for (const second of [0.5, 7.5, 15.5, 23]) {
    const reason = second === 0.5 ? 'initial' : 'scheduled';
    lane.addToken({ fromMs: second * 1000, endsMs: second * 1000 + 10_000, reason });
  }
  if (hasStalls) lane.stalls = [{ fromMs: 7500, toMs: 8100 }];
  lane.requests = [
    toRequest({ from: 0.5, lasts: 0.3, type: 'player', status: 200 }),
    toRequest({ from: 0.7, lasts: 0.3, type: 'playlist', status: 200 }),
    ...[1, 2, 6, 10, 14, 18].map((from) =>
      toRequest({ from, lasts: 0.8, type: 'media', status: from === 10 ? 403 : 200 }),
    ),
    { ...toRequest({ from: 22, lasts: 1.5, type: 'media', status: 0 }), isBroken: true },
  ];
}

function toRequest(request: {
  readonly from: number;
  readonly lasts: number;
  readonly type: 'token' | 'playlist' | 'media' | 'player';
  readonly status: number;
}): Lane['requests'][number] {
  const { from, lasts, type, status } = request;
  const [fromMs, toMs] = [from * 1000, (from + lasts) * 1000];
  return { fromMs, toMs, type, what: type, status, isBroken: false, bytes: 1000 };
}

function fillLog(): void {
  const rows = find('#log-rows', HTMLOListElement);
  rows.replaceWith(rows.cloneNode(false));
  const log = new EventLog();
  for (const [second, type, group, detail] of [
    [1.2, 'tokenchange', 'token', 'initial, for 10.0 s'],
    [1.5, 'loadedmetadata', 'playback', 'at 0.0 s'],
    [1.8, 'playing', 'playback', 'at 0.0 s'],
    [8.7, 'tokenchange', 'token', 'scheduled, for 10.0 s'],
    [15, 'tokenerror', 'error', 'endpoint-refused (500), attempt 1, will ask again'],
  ] as const) {
    const at = new Date(Date.UTC(2026, 0, 1, 12) + second * 1000);
    log.add({ at, player: 'hls.js', type, group, detail });
  }
}

holdStill();
