import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlayerHabits } from '../../../../src/engine/exchange/player-habits.js';
import { Takeover } from '../../../../src/engine/exchange/takeover.js';
import { FakeDeck, type DeckManners } from '../../../support/fake-deck.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Result {
  readonly shown: boolean;
  readonly afterMs: number;
  /** How far the deck behind is from where it is to be, in seconds, at the moment it is shown. */
  readonly gapSeconds: number;
  /** Whether its pictures move then. */
  readonly moves: boolean;
}

/** So much later the next player's pictures come once they are seen: it is as much ahead. */
const SHOWING_SECONDS = 0.015;

interface Run {
  readonly front: FakeDeck;
  readonly behind: FakeDeck;
  readonly takeover: Takeover;
  readonly result: () => Result | undefined;
  /** Lets time pass until it is over. */
  finish(): Promise<Result>;
}

interface BeginOptions {
  readonly rate?: number;
  readonly live?: boolean;
  readonly paused?: boolean;
  readonly habits?: PlayerHabits;
  readonly hasTime?: boolean;
  readonly aheadSeconds?: number;
  readonly mayBeLive?: () => boolean;
  readonly hasMissed?: () => boolean;
  readonly restMs?: number;
  readonly lifeMs?: number;
}

/** A deck that plays at 100 s, and one behind it that is loaded a little ahead. */
async function begin(
  manners: Partial<DeckManners> = {},
  options: BeginOptions = {},
  signal = new AbortController().signal,
): Promise<Run> {
  const { rate = 1, live = false, paused = false, habits = new PlayerHabits(true) } = options;
  const { hasTime = true, aheadSeconds = paused ? 0 : 1.5, restMs = 0, lifeMs = 60_000 } = options;
  const { mayBeLive = () => live, hasMissed = () => false } = options;
  const front = new FakeDeck(100);
  front.playbackRate = rate;
  await vi.advanceTimersByTimeAsync(1);
  if (!paused) await front.play();
  await vi.advanceTimersByTimeAsync(10);
  const beganAtMs = performance.now();
  const behind = new FakeDeck(live ? 0 : front.currentTime + aheadSeconds, manners);
  behind.playbackRate = rate;
  let result: Result | undefined;
  const takeoverOptions = { live, mayBeLive, hasTime, restMs, lifeMs, habits, hasMissed };
  const takeover = new Takeover(front, behind, takeoverOptions, signal);
  for (const deck of [front, behind]) {
    for (const type of ['canplay', 'playing', 'seeked']) deck.addEventListener(type, takeover.tick);
  }
  const watch = async (): Promise<void> => {
    const shown = await takeover.done;
    const leadSeconds = front.paused ? 0 : SHOWING_SECONDS * rate;
    const gapSeconds = front.currentTime + leadSeconds - behind.currentTime;
    result = { shown, afterMs: performance.now() - beganAtMs, gapSeconds, moves: behind.moves };
  };
  void watch();
  const finish = async (): Promise<Result> => {
    for (let waited = 0; waited < 60_000; waited += 10) {
      if (result !== undefined) return result;
      await vi.advanceTimersByTimeAsync(10);
    }
    throw new Error('the takeover never ended');
  };
  return { front, behind, takeover, result: () => result, finish };
}

describe('Takeover', () => {
  it.each([
    ['a quick player', { loadMs: 200, seekMs: 50, playMs: 20 }],
    ['one that takes long to start', { loadMs: 200, playMs: 400 }],
    ['one that is loaded too late', { loadMs: 3000, seekMs: 200, playMs: 80 }],
    ['one that seeks for longer than it is given at first', { loadMs: 3000, seekMs: 1500 }],
    ['one that is slow in everything', { loadMs: 4000, seekMs: 2000, playMs: 300 }],
    ['one whose clock is not true', { loadMs: 500, playMs: 100, speed: 1.002 }],
  ])('shows %s at the same place, while it moves', async (_, manners) => {
    const result = await (await begin(manners)).finish();
    expect(result).toMatchObject({ shown: true, moves: true });
    expect(Math.abs(result.gapSeconds)).toBeLessThanOrEqual(0.05);
  });

  it.each([true, false])(
    'goes with the viewer to another speed, shifted or not: %s',
    async (shifts) => {
      const run = await begin({ loadMs: 200, playMs: 50 }, { habits: new PlayerHabits(shifts) });
      await vi.advanceTimersByTimeAsync(600);
      run.front.playbackRate = 2;
      const result = await run.finish();
      expect(result).toMatchObject({ shown: true, moves: true });
      expect(result.afterMs).toBeLessThan(12_000);
      expect(Math.abs(result.gapSeconds)).toBeLessThanOrEqual(0.1);
      expect(run.behind.playbackRate).toBe(2);
    },
  );

  describe('where the one in front runs out of what it has loaded', () => {
    const habits = new PlayerHabits(true);
    const slowly = { loadMs: 20_000 };

    it('is put off, and takes note of how long loading takes at the least', async () => {
      const run = await begin(slowly, { restMs: 600_000, habits });
      run.front.loaded = [0, 112];
      const { shown, afterMs } = await run.finish();
      expect([shown, run.takeover.failure]).toEqual([false, 'postponed']);
      // With three seconds to play.
      expect(afterMs).toBeGreaterThan(8900);
      expect(afterMs).toBeLessThan(9200);
      expect(habits.loadingSeconds).toBeGreaterThan(9);
    });

    it('goes on where its token does not last for another attempt', async () => {
      const run = await begin(slowly, { restMs: 16_000 });
      run.front.loaded = [0, 112];
      expect((await run.finish()).shown).toBe(true);
    });

    it('goes on as long as it may be a live stream, where there is never much to play', async () => {
      const mayBeLive = vi.fn(() => true);
      const run = await begin(slowly, { restMs: 600_000, mayBeLive });
      run.front.loaded = [0, 107];
      await vi.advanceTimersByTimeAsync(5000);
      expect(run.result()).toBeUndefined();
      mayBeLive.mockReturnValue(false);
      expect((await run.finish()).shown).toBe(false);
    });

    it('goes on where the one behind has loaded', async () => {
      const run = await begin({ loadMs: 200 }, { restMs: 600_000 });
      await vi.advanceTimersByTimeAsync(300);
      run.front.loaded = [0, 102];
      expect((await run.finish()).shown).toBe(true);
    });
  });

  it.each([0.5, 1.5, 2])('keeps to the speed of %d at which a viewer watches', async (rate) => {
    const run = await begin({ loadMs: 1000, seekMs: 300, playMs: 100 }, { rate });
    const result = await run.finish();
    expect(Math.abs(result.gapSeconds)).toBeLessThanOrEqual(0.05);
    expect(run.behind.playbackRate).toBe(rate);
  });

  it('converges with every player that is not hopelessly slow, and never takes for ever', async () => {
    const property = fc.asyncProperty(
      fc.record({
        loadMs: fc.integer({ min: 0, max: 3000 }),
        seekMs: fc.integer({ min: 0, max: 1500 }),
        playMs: fc.integer({ min: 0, max: 400 }),
        speed: fc.double({ min: 0.998, max: 1.002, noNaN: true }),
      }),
      fc.constantFrom(0.5, 1, 1.25, 2),
      async (manners, rate) => {
        const result = await (await begin(manners, { rate })).finish();
        expect(result).toMatchObject({ shown: true, moves: true });
        expect(Math.abs(result.gapSeconds)).toBeLessThanOrEqual(0.05);
        expect(result.afterMs).toBeLessThan(12_000);
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it('converges with a player whose speed is not to be touched, and keeps its speed', async () => {
    const property = fc.asyncProperty(
      fc.record({
        loadMs: fc.integer({ min: 0, max: 3000 }),
        seekMs: fc.integer({ min: 0, max: 1500 }),
        playMs: fc.integer({ min: 0, max: 400 }),
        speed: fc.double({ min: 0.999, max: 1.001, noNaN: true }),
      }),
      fc.constantFrom(0.5, 1, 1.25, 2),
      async (manners, rate) => {
        const run = await begin(manners, { rate, habits: new PlayerHabits(false) });
        const { speedChanges } = run.behind;
        const result = await run.finish();
        expect(result).toMatchObject({ shown: true, moves: true });
        expect(Math.abs(result.gapSeconds)).toBeLessThanOrEqual(0.06);
        expect(result.afterMs).toBeLessThan(12_000);
        expect(run.behind.speedChanges).toBe(speedChanges);
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it('does not take the lateness of one start for the slowness of the next', async () => {
    const manners = { seekMs: 600, playMs: 190, speed: 0.999 };
    const habits = new PlayerHabits(false);
    const result = await (await begin(manners, { rate: 1.25, habits })).finish();
    expect(Math.abs(result.gapSeconds)).toBeLessThanOrEqual(0.06);
    expect(result.afterMs).toBeLessThan(5000);
  });

  it('starts at the right moment once it knows the player', async () => {
    const habits = new PlayerHabits(false);
    const manners = { loadMs: 500, playMs: 350 };
    const first = await begin(manners, { habits });
    await first.finish();
    const second = await begin(manners, { habits });
    const { afterMs } = await second.finish();
    expect(second.behind.starts).toBe(1);
    expect(afterMs).toBeLessThan(2500);
  });

  it('asks for no edge where there is none: WebKitGTK loses the length of a video by it', async () => {
    const run = await begin({ loadMs: 500 });
    for (const deck of [run.front, run.behind]) deck.edgeAtSeconds = 600;
    await run.finish();
    expect(run.behind.edgeQuestions).toBe(0);
  });

  it('ends, with whatever a viewer does meanwhile', async () => {
    const action = fc.record({
      afterMs: fc.integer({ min: 0, max: 3000 }),
      act: fc.constantFrom('pause', 'play', 'seek', 'back', 'nothing'),
    });
    const property = fc.asyncProperty(
      fc.record({
        loadMs: fc.integer({ min: 0, max: 2000 }),
        seekMs: fc.integer({ min: 0, max: 800 }),
        playMs: fc.integer({ min: 0, max: 300 }),
      }),
      fc.array(action, { maxLength: 5 }),
      async (manners, actions) => {
        const run = await begin(manners);
        for (const { afterMs, act } of actions) {
          for (let waited = 0; waited < afterMs && run.result() === undefined; waited += 10) {
            await vi.advanceTimersByTimeAsync(10);
          }
          if (run.result() !== undefined) break;
          if (act === 'pause') run.front.pause();
          if (act === 'play') await run.front.play();
          if (act === 'seek') run.front.seek(300);
          if (act === 'back') run.front.seek(run.front.currentTime - 3);
        }
        const result = await run.finish();
        expect(result.shown).toBe(true);
        expect(run.behind.paused).toBe(run.front.paused);
        expect(Math.abs(result.gapSeconds)).toBeLessThanOrEqual(0.25);
      },
    );
    // Little steps back that a slower speed alone would have taken too long to follow.
    const manners = { loadMs: 0, seekMs: 0, playMs: 100 };
    const examples: [typeof manners, { afterMs: number; act: string }[]][] = [
      [
        manners,
        [
          { afterMs: 1461, act: 'back' },
          { afterMs: 2961, act: 'play' },
          { afterMs: 2161, act: 'play' },
          { afterMs: 1501, act: 'back' },
        ],
      ],
    ];
    await fc.assert(property, { numRuns: 60, examples });
  });

  it('shows a paused player paused, at the same picture', async () => {
    const run = await begin({ loadMs: 500, seekMs: 200 }, { paused: true });
    const result = await run.finish();
    expect([result.shown, result.gapSeconds, run.behind.paused]).toEqual([true, 0, true]);
  });

  it('stops what it has started when the viewer pauses', async () => {
    const run = await begin({ loadMs: 500, seekMs: 200, playMs: 300 });
    await vi.advanceTimersByTimeAsync(1500);
    expect(run.behind.paused).toBe(false);
    run.front.pause();
    const result = await run.finish();
    expect([result.shown, run.behind.paused]).toEqual([true, true]);
    expect(Math.abs(result.gapSeconds)).toBeLessThanOrEqual(0.025);
  });

  it('follows a viewer who seeks', async () => {
    const run = await begin({ loadMs: 500, seekMs: 200, playMs: 100 });
    await vi.advanceTimersByTimeAsync(800);
    run.front.seek(300);
    const result = await run.finish();
    expect(run.behind.currentTime).toBeGreaterThan(299);
    expect(Math.abs(result.gapSeconds)).toBeLessThanOrEqual(0.05);
  });

  it('does not take the end of another seek for that of its own', async () => {
    const run = await begin({ loadMs: 500, seekMs: 2000, playMs: 100 });
    await vi.advanceTimersByTimeAsync(800);
    const { behind } = run;
    const seek = behind.seek.bind(behind);
    behind.seek = (seconds) => {
      seek(seconds);
      // One in a frame tells that it has something to play also while it seeks, and has gone to its
      // start by itself, which it says only now.
      behind.readyState = 4;
      queueMicrotask(() => behind.dispatchEvent(new Event('seeked')));
    };
    run.front.seek(300);
    await vi.advanceTimersByTimeAsync(1500);
    expect([behind.seeks, behind.starts]).toEqual([1, 0]);
    const result = await run.finish();
    expect(Math.abs(result.gapSeconds)).toBeLessThanOrEqual(0.05);
  });

  it('goes with a video that begins again, and never seeks to the last second of it', async () => {
    const run = await begin({ loadMs: 100, seekMs: 300, playMs: 100 });
    run.front.begin(598.6);
    run.behind.begin(0.5);
    await vi.advanceTimersByTimeAsync(1000);
    expect(run.behind.seeks).toBe(0);
    run.front.begin(0);
    const { shown, gapSeconds } = await run.finish();
    expect(shown).toBe(true);
    expect(Math.abs(gapSeconds)).toBeLessThanOrEqual(0.05);
  });

  it('is given up when the video ends', async () => {
    const run = await begin({ loadMs: 5000 });
    await vi.advanceTimersByTimeAsync(1000);
    run.front.end();
    expect((await run.finish()).shown).toBe(false);
  });

  it('is given up with its signal', async () => {
    const end = new AbortController();
    const run = await begin({ loadMs: 5000 }, {}, end.signal);
    end.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(run.result()?.shown).toBe(false);
  });

  it('is given up with a player that never loads, and leaves no timer', async () => {
    const run = await begin({ loadMs: 1e9 });
    const result = await run.finish();
    expect(result.shown).toBe(false);
    expect(result.afterMs).toBeLessThan(46_000);
    // What is left is the load that never happens.
    expect(vi.getTimerCount()).toBe(1);
  });

  it('is given up with a player that is not allowed to play', async () => {
    const run = await begin({ loadMs: 500 });
    run.behind.play = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    expect((await run.finish()).shown).toBe(false);
  });

  describe('on a slow network', () => {
    const LOAD_MS = 9000;

    it('is loaded as far ahead as the one before it has taken to load, and a little more', async () => {
      const habits = new PlayerHabits(true);
      expect(habits.loadingSeconds).toBe(1.5);
      await (await begin({ loadMs: LOAD_MS }, { habits })).finish();
      expect(habits.loadingSeconds).toBeCloseTo(11.25, 1);
      await (await begin({ loadMs: 1e9 }, { habits })).finish();
      expect(habits.loadingSeconds).toBeCloseTo(11.25, 1);
      await (await begin({ loadMs: 300 }, { habits })).finish();
      expect(habits.loadingSeconds).toBe(1.5);
    });

    it('waits where it has been loaded far ahead, and does not load once more', async () => {
      const run = await begin({ loadMs: LOAD_MS }, { aheadSeconds: 12 });
      expect((await run.finish()).shown).toBe(true);
      expect(run.behind.seeks).toBe(0);
    });

    it('goes to what it has loaded where it comes too late', async () => {
      const run = await begin({ loadMs: LOAD_MS });
      run.behind.loaded = [100, 112];
      const result = await run.finish();
      expect(result.shown).toBe(true);
      expect(result.afterMs).toBeLessThan(LOAD_MS + 2500);
      expect(run.behind.seeks).toBe(1);
    });

    it('is given time to load where it has loaded nothing of use', async () => {
      const run = await begin({ loadMs: LOAD_MS, seekMs: 4000 });
      run.behind.loaded = [100, 104];
      expect((await run.finish()).shown).toBe(true);
      expect(run.behind.seeks).toBe(1);
    });

    it('takes over only with as much to play as the one in front, or enough', async () => {
      const run = await begin({ loadMs: 500 });
      run.front.loaded = [90, 112];
      run.behind.loaded = [100, 105];
      await vi.advanceTimersByTimeAsync(4000);
      expect(run.result()).toBeUndefined();
      run.behind.loaded = [100, 112];
      await vi.advanceTimersByTimeAsync(1000);
      expect(run.result()).toMatchObject({ shown: true, moves: true });
    });

    it('does not wait for that for longer than its token is for', async () => {
      const run = await begin({ loadMs: 500 }, { lifeMs: 10_000 });
      run.front.loaded = [90, 112];
      run.behind.loaded = [100, 107];
      await vi.advanceTimersByTimeAsync(4000);
      expect(run.result()).toMatchObject({ shown: true, moves: true });
    });

    it.each([
      ['that it has not loaded', [112, 118], 102.5],
      ['a moment before what it has loaded', [102.55, 118], 102.56],
    ])('meets one that has nothing to play where it stands, %s', async (_, loaded, atSeconds) => {
      const run = await begin({ loadMs: LOAD_MS }, { aheadSeconds: 12 });
      run.behind.loaded = [loaded[0] ?? 0, loaded[1] ?? 0];
      await vi.advanceTimersByTimeAsync(2490);
      run.front.stall();
      expect(run.front.currentTime).toBeCloseTo(102.5, 1);
      expect((await run.finish()).shown).toBe(true);
      expect(run.behind.currentTime).toBeCloseTo(atSeconds, 1);
    });

    it('meets one that stands still with something to play, too', async () => {
      const run = await begin({ loadMs: 500 }, { aheadSeconds: 4 });
      await vi.advanceTimersByTimeAsync(1000);
      run.front.stall();
      run.front.readyState = 4;
      const { shown, afterMs } = await run.finish();
      expect(shown).toBe(true);
      expect(afterMs).toBeLessThan(2000);
    });

    it('leaves one alone that has to wait for a moment only', async () => {
      const run = await begin({ loadMs: 1000 }, { aheadSeconds: 4 });
      await vi.advanceTimersByTimeAsync(1500);
      run.front.stall();
      await vi.advanceTimersByTimeAsync(300);
      run.front.readyState = 4;
      await run.front.play();
      expect((await run.finish()).shown).toBe(true);
      expect(run.behind.seeks).toBe(0);
    });
  });

  it('shows a live stream as soon as it moves, wherever it stands', async () => {
    const run = await begin({ loadMs: 800, playMs: 300 }, { live: true });
    const result = await run.finish();
    expect(result).toMatchObject({ shown: true, moves: true });
    expect(run.behind.seeks).toBe(0);
  });

  it('is over where the one behind has loaded at the wrong moment', async () => {
    const hasMissed = vi.fn(() => false);
    const run = await begin({ loadMs: 3000 }, { live: true, hasMissed });
    await vi.advanceTimersByTimeAsync(400);
    expect(run.result()).toBeUndefined();
    hasMissed.mockReturnValue(true);
    const { shown, afterMs } = await run.finish();
    expect([shown, run.takeover.failure]).toEqual([false, 'missed']);
    expect(afterMs).toBeLessThan(500);
  });

  it('takes it as it is where the one in front has nothing to play any more', async () => {
    const hasMissed = vi.fn(() => false);
    const run = await begin({ loadMs: 3000 }, { live: true, hasMissed });
    run.front.stall();
    await vi.advanceTimersByTimeAsync(600);
    hasMissed.mockReturnValue(true);
    expect((await run.finish()).shown).toBe(true);
  });

  it('shows a live stream where the one in front has nothing to play any more', async () => {
    const run = await begin({ loadMs: 3000, playMs: 300 }, { live: true, hasTime: false });
    run.front.stall();
    const result = await run.finish();
    expect(result).toMatchObject({ shown: true, moves: true });
    expect(run.behind.starts).toBe(1);
  });

  describe('with a live stream whose edge is told', () => {
    /** The clock behind counts from elsewhere: what is 100 s in front is 40 s there. */
    const OFFSET_SECONDS = -60;
    /** @param atSeconds where the deck behind goes by itself, from where the viewer is */
    const beginLive = async (
      atSeconds: number,
      { fromEdgeSeconds = 60, ...options }: BeginOptions & { fromEdgeSeconds?: number } = {},
      manners: Partial<DeckManners> = {},
    ): Promise<Run> => {
      const run = await begin(
        { loadMs: 800, playMs: 100, seekMs: 100, ...manners },
        { live: true, ...options },
      );
      const edgeSeconds = 100 + fromEdgeSeconds;
      Object.assign(run.front, { edgeAtSeconds: edgeSeconds });
      Object.assign(run.behind, { edgeAtSeconds: edgeSeconds + OFFSET_SECONDS });
      run.behind.begin(run.front.currentTime + OFFSET_SECONDS + atSeconds);
      return run;
    };

    it.each([
      ['a little ahead', 2],
      ['behind', -3],
      ['at the edge, where the viewer is not', 18],
    ])('goes on where the viewer is: %s', async (_, startSeconds) => {
      const run = await beginLive(startSeconds);
      const { shown, gapSeconds } = await run.finish();
      expect(shown).toBe(true);
      expect(Math.abs(gapSeconds + OFFSET_SECONDS)).toBeLessThan(0.05);
    });

    it('goes on where the viewer is near the edge, too', async () => {
      const run = await beginLive(-3, { fromEdgeSeconds: 14 });
      const { shown, gapSeconds } = await run.finish();
      expect(shown).toBe(true);
      expect(Math.abs(gapSeconds + OFFSET_SECONDS)).toBeLessThan(0.05);
    });

    it('goes on where the viewer is near the edge, with a token that is over soon', async () => {
      const run = await beginLive(-3, { fromEdgeSeconds: 14, hasTime: false });
      const { shown, gapSeconds, afterMs } = await run.finish();
      expect(shown).toBe(true);
      expect(Math.abs(gapSeconds + OFFSET_SECONDS)).toBeLessThan(0.05);
      expect(afterMs).toBeLessThan(4000);
    });

    it.each([
      ['the token does not last for more', -3, 14, { hasTime: false }, { loadMs: 7000 }],
      ['the viewer has come too near to it', -5, 7, {}, {}],
    ])(
      'leaves it at where the player goes by itself where %s',
      async (_, at, from, options, manners) => {
        const run = await beginLive(at, { fromEdgeSeconds: from, ...options }, manners);
        expect((await run.finish()).shown).toBe(true);
        expect(run.behind.seeks).toBe(0);
      },
    );

    it('leaves it at that, too, with a player that is slow to seek', async () => {
      const run = await beginLive(-3, { fromEdgeSeconds: 14 }, { seekMs: 9000 });
      const { shown, afterMs } = await run.finish();
      expect([shown, run.behind.seeks]).toEqual([true, 1]);
      expect(afterMs).toBeLessThan(15_000);
    });

    it('is not misled by the player that learns of a new segment first', async () => {
      const run = await beginLive(2);
      await vi.advanceTimersByTimeAsync(2000);
      run.behind.edgeAtSeconds = (run.behind.edgeAtSeconds ?? 0) + 4;
      await vi.advanceTimersByTimeAsync(1200);
      run.front.edgeAtSeconds = (run.front.edgeAtSeconds ?? 0) + 4;
      const { shown, gapSeconds } = await run.finish();
      expect(shown).toBe(true);
      expect(Math.abs(gapSeconds + OFFSET_SECONDS)).toBeLessThan(0.05);
    });
  });

  it('shows a paused live stream paused', async () => {
    const run = await begin({ loadMs: 800 }, { live: true, paused: true });
    expect([(await run.finish()).shown, run.behind.paused]).toEqual([true, true]);
  });
});
