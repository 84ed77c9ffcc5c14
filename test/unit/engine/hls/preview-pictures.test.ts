import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PreviewPictures, type Picture } from '../../../../src/engine/hls/preview-pictures.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Pictures that come, or do not, when the test says so. */
function start() {
  const end = new AbortController();
  const asked: number[] = [];
  const released: string[] = [];
  const changes: boolean[] = [];
  const answers = new Map<number, { come(): void; fail(): void }>();
  const pictures: PreviewPictures = new PreviewPictures(
    {
      load(index) {
        asked.push(index);
        return new Promise<Picture>((resolve, reject) => {
          answers.set(index, {
            come: () => resolve({ url: `picture ${index}`, width: 320, height: 180 }),
            fail: () => reject(new Error('none')),
          });
        });
      },
      release: ({ url }) => released.push(url),
      changed: () => changes.push(pictures.isVain),
    },
    end.signal,
  );
  const settle = async (index: number, how: 'come' | 'fail'): Promise<void> => {
    answers.get(index)?.[how]();
    await vi.advanceTimersByTimeAsync(0);
  };
  const come = (index: number): Promise<void> => settle(index, 'come');
  const fail = (index: number): Promise<void> => settle(index, 'fail');
  return { end, asked, released, changes, pictures, come, fail };
}

describe('PreviewPictures', () => {
  it('asks for nothing until somebody wants to see it, and then once', async () => {
    const { asked, pictures, changes, come } = start();
    expect(asked).toEqual([]);
    expect(pictures.want(3)).toBe(undefined);
    expect(pictures.want(3)).toBe(undefined);
    await come(3);
    expect(pictures.want(3)?.url).toBe('picture 3');
    expect(asked).toEqual([3]);
    expect(changes).toEqual([false]);
  });

  it('shows the nearest until the one that is wanted has come', async () => {
    const { pictures, come } = start();
    pictures.want(10);
    await come(10);
    pictures.want(50);
    await come(50);
    expect(pictures.want(29)?.url).toBe('picture 10');
    expect(pictures.want(31)?.url).toBe('picture 50');
  });

  it('asks for two at once, and for the last wish first', async () => {
    const { asked, pictures, come } = start();
    for (const index of [1, 2, 3, 4, 5]) pictures.want(index);
    expect(asked).toEqual([1, 2]);
    await come(1);
    expect(asked).toEqual([1, 2, 5]);
    await come(2);
    expect(asked).toEqual([1, 2, 5, 4]);
    await come(5);
    await come(4);
    // The viewer has long moved on from there.
    expect(asked).toEqual([1, 2, 5, 4]);
  });

  it('keeps sixty, and lets go the one that nobody wanted for the longest time', async () => {
    const { pictures, come, released } = start();
    for (let index = 0; index < 60; index += 1) {
      pictures.want(index);
      await come(index);
    }
    expect(pictures.want(0)?.url).toBe('picture 0');
    pictures.want(60);
    await come(60);
    expect(released).toEqual(['picture 1']);
    expect(pictures.want(0)?.url).toBe('picture 0');
  });

  it('asks for nothing for a while after a failure, and for longer after the next', async () => {
    const { asked, changes, pictures, fail, come } = start();
    pictures.want(1);
    await fail(1);
    expect(pictures.isVain).toBe(true);
    pictures.want(2);
    expect(asked).toEqual([1]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(changes).toEqual([true, false]);
    pictures.want(2);
    await fail(2);
    await vi.advanceTimersByTimeAsync(10_000);
    pictures.want(3);
    expect(asked).toEqual([1, 2]);
    await vi.advanceTimersByTimeAsync(10_000);
    pictures.want(3);
    await come(3);
    pictures.want(4);
    await fail(4);
    // One is there to be shown.
    expect(pictures.isVain).toBe(false);
    await vi.advanceTimersByTimeAsync(10_000);
    pictures.want(4);
    expect(asked).toEqual([1, 2, 3, 4, 4]);
  });

  it('lets all of them go at the end, those that come after it too', async () => {
    const { asked, changes, pictures, released, end, come, fail } = start();
    pictures.want(1);
    await come(1);
    pictures.want(2);
    pictures.want(3);
    end.abort();
    await come(2);
    await fail(3);
    expect(released).toEqual(['picture 1', 'picture 2']);
    expect(changes).toEqual([false]);
    expect(pictures.want(4)).toBe(undefined);
    expect(asked).toEqual([1, 2, 3]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
