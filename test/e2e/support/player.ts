import { expect, type Page } from '@playwright/test';
import type { TestSite } from '../../support/test-site.js';
import type { SignedStreamElement } from '../../../src/index.js';
import { recordEvents, type SeenEvent } from './recorder.js';

/** An element to put into the page. */
export interface PlayerOptions {
  readonly uid: string;
  readonly id?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Whether it plays by itself, as most of these do. */
  readonly autoplay?: boolean;
  /** In a small buffer there is always something left to fetch, and a token to do it with. */
  readonly hlsConfig?: Readonly<Record<string, unknown>>;
}

/** As much as hls.js fetches ahead in most of these tests. */
export const SMALL_BUFFER = { maxBufferLength: 8, maxMaxBufferLength: 8 };

/** The small picture, so that several can be played at once without a shortage of anything. */
export const SMALL_PICTURE = { ...SMALL_BUFFER, capLevelToPlayerSize: true };

/** Opens the site's page with elements in it, all of them playing without sound unless told. */
export async function openPlayers(
  page: Page,
  site: TestSite,
  players: readonly PlayerOptions[],
): Promise<[Player, ...Player[]]> {
  await openSite(page, site);
  return addPlayers(page, site, players);
}

/** Opens the site's page without any player. */
export async function openSite(page: Page, site: TestSite): Promise<void> {
  await page.addInitScript(recordEvents);
  await page.goto(site.url);
}

/** Puts elements into the page that is open. */
export async function addPlayers(
  page: Page,
  site: TestSite,
  players: readonly PlayerOptions[],
): Promise<[Player, ...Player[]]> {
  const tags = players.map(
    ({ uid, id = 'player', attributes = {}, autoplay = true, hlsConfig }) => {
      const start = autoplay ? { autoplay: '' } : {};
      const all = { id, muted: '', ...start, style: 'width: 160px', ...attributes };
      return { html: site.tag(uid, all), hlsConfig };
    },
  );
  await page.evaluate(async (items) => {
    await customElements.whenDefined('signed-stream');
    for (const { html, hlsConfig } of items) {
      const template = document.createElement('template');
      template.innerHTML = html;
      const element = document.importNode(template.content, true).firstElementChild;
      if (element === null) throw new Error('a tag makes no element');
      Object.assign(element, { hlsConfig });
      document.body.append(element);
    }
  }, tags);
  const [first, ...others] = players.map(({ id = 'player' }) => new Player(page, id));
  if (first === undefined) throw new RangeError('there is no player to put into the page');
  return [first, ...others];
}

/** As long as the local Stream's are. */
const SEGMENT_SECONDS = 4;

/** One `<signed-stream>` in a page, as the page and its viewer see it. */
export class Player {
  readonly id: string;
  readonly #page: Page;

  constructor(page: Page, id: string) {
    this.#page = page;
    this.id = id;
  }

  /** Runs a function on the element. */
  run<T>(task: (element: SignedStreamElement) => T): Promise<Awaited<T>>;
  run<T, A>(
    task: (element: SignedStreamElement, argument: A) => T,
    argument: A,
  ): Promise<Awaited<T>>;
  run<T, A>(task: (element: SignedStreamElement, argument: A) => T, argument?: A) {
    return this.#page
      .locator(`#${this.id}`)
      .evaluate(task as (element: Element, argument: unknown) => T, argument);
  }

  position(): Promise<number> {
    return this.run((element) => element.currentTime);
  }

  /** Waits until it has played for so many seconds of the video from here on. */
  async playsOn(seconds: number): Promise<void> {
    const from = await this.position();
    await this.reaches(from + seconds);
  }

  /** Waits until the video has got there. */
  async reaches(seconds: number): Promise<void> {
    const reached = expect
      .poll(() => this.position(), {
        message: `${this.id} plays on to ${seconds.toFixed(1)} s`,
        timeout: 60_000,
        intervals: [100],
      })
      .toBeGreaterThan(seconds);
    try {
      await reached;
    } catch (error) {
      // What stands still seldom does so twice: what is known of it is told at once.
      console.log(`${this.id} stands still:`, await this.#describe());
      throw error;
    }
  }

  #describe(): Promise<unknown> {
    return this.run(({ id, paused, readyState, currentTime, tokenState }) => {
      const events = window.seenEvents.filter((event) => event.id === id).slice(-40);
      return {
        paused,
        readyState,
        currentTime,
        tokenState,
        events: events.map(({ type }) => type),
      };
    });
  }

  /** Waits until so many seconds of video are buffered beyond the position. */
  async hasAhead(seconds: number): Promise<void> {
    const ahead = (): Promise<number> =>
      this.run(({ buffered, currentTime }) => {
        return buffered.length === 0 ? 0 : buffered.end(buffered.length - 1) - currentTime;
      });
    await expect
      .poll(ahead, {
        message: `${this.id} has ${seconds} s ahead`,
        timeout: 60_000,
        intervals: [100],
      })
      .toBeGreaterThan(seconds);
  }

  /**
   * Goes to where the last second and a half is left of what is buffered. To be called when nothing
   * more can be fetched; it is a seek, and seen as one.
   */
  async skipBuffered(): Promise<void> {
    await this.run((element) => {
      const { buffered, currentTime } = element;
      const end = buffered.length === 0 ? 0 : buffered.end(buffered.length - 1);
      if (end - 1.5 > currentTime) element.currentTime = end - 1.5;
    });
  }

  /** Plays all that is buffered when nothing more can be fetched, and tells what the viewer reads then. */
  async starves(): Promise<string | undefined> {
    const readAlert = async (): Promise<string | undefined> => {
      // What was under way may have come since.
      await this.skipBuffered();
      return this.alert();
    };
    await expect
      .poll(readAlert, { message: `${this.id} starves`, timeout: 60_000, intervals: [100] })
      .toBeTruthy();
    return this.alert();
  }

  /** The same, from when its token is over and no other one has come. */
  async starvesWithoutToken(): Promise<string | undefined> {
    await expect
      .poll(() => this.run(({ tokenState }) => tokenState), { timeout: 60_000, intervals: [100] })
      .toMatch(/expired|failed/);
    return this.starves();
  }

  /** Waits until more is buffered than what may have been under way, without a gap. */
  async refills(): Promise<void> {
    const readEnd = (): Promise<number> =>
      this.run(({ buffered }) => (buffered.length === 1 ? buffered.end(0) : NaN));
    const before = await readEnd();
    await expect
      .poll(readEnd, { message: `${this.id} refills`, timeout: 30_000, intervals: [100] })
      .toBeGreaterThan(before + SEGMENT_SECONDS);
  }

  /** Events seen so far, of the types named. */
  async events(...types: readonly string[]): Promise<SeenEvent[]> {
    const seen = await this.#page.evaluate(() => window.seenEvents);
    return seen.filter(({ id, type }) => id === this.id && types.includes(type));
  }

  /** What was seen of the types named, in a form that reads well where it should be nothing. */
  async eventNames(...types: readonly string[]): Promise<string[]> {
    const events = await this.events(...types);
    return events.map(({ type, detail }) => (detail === undefined ? type : `${type} ${detail}`));
  }

  /** Forgets what was seen: from now on it counts. */
  async forgetEvents(): Promise<void> {
    await this.#page.evaluate((id) => {
      window.seenEvents = window.seenEvents.filter((event) => event.id !== id);
    }, this.id);
  }

  /** Waits until so many tokens have been taken, the first one included. */
  async takesTokens(count: number): Promise<void> {
    await expect
      .poll(async () => (await this.events('tokenchange')).length, {
        message: `${this.id} takes ${count} tokens`,
        timeout: 60_000,
        intervals: [100],
      })
      .toBeGreaterThanOrEqual(count);
  }

  /**
   * The largest jump ahead in seconds, seen from event to event: how much more video than time has
   * passed. A stall is no jump.
   */
  async largestJump(): Promise<number> {
    let lowest = Infinity;
    let largest = 0;
    for (const { atMs, position } of await this.#positions()) {
      const ahead = position - atMs / 1000;
      lowest = Math.min(lowest, ahead);
      largest = Math.max(largest, ahead - lowest);
    }
    return largest;
  }

  /** The largest step back in seconds. */
  async largestStepBack(): Promise<number> {
    let furthest = -Infinity;
    let largest = 0;
    for (const { position } of await this.#positions()) {
      furthest = Math.max(furthest, position);
      largest = Math.max(largest, furthest - position);
    }
    return largest;
  }

  /** What the viewer reads in the place of the video; `undefined` while nothing is wrong. */
  async alert(): Promise<string | undefined> {
    const alert = this.#page.locator(`#${this.id}`).getByRole('alert');
    return (await alert.count()) === 0 ? undefined : alert.innerText();
  }

  async #positions(): Promise<SeenEvent[]> {
    return this.events('timeupdate');
  }
}

/** Events that would give a swap away; none of them belongs to a video that plays on. */
export const INTERRUPTIONS = [
  ...['emptied', 'loadstart', 'loadedmetadata', 'pause', 'play', 'waiting', 'stalled'],
  ...['seeking', 'seeked', 'ended', 'volumechange', 'ratechange', 'error'],
] as const;

/**
 * What would give a swap of frames away. Two videos at once may leave a small machine short of
 * breath, which is not counted here; how long a picture stands still is for a benchmark to say.
 */
export const SIGNS_OF_A_SWAP = INTERRUPTIONS.filter(
  (type) => type !== 'waiting' && type !== 'stalled',
);
