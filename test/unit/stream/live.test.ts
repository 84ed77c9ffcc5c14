import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { shiftMediaTime } from '../../../demo/stream/live/shift-media-time.js';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import { StreamClient } from './stream-client.js';

const { livePathToken, liveOwnSignature, liveTokenBoundNames } = SAMPLE_UIDS;
let client: StreamClient;

beforeAll(async () => {
  client = await StreamClient.start();
});
afterEach(() => client.reset());
afterAll(() => client.stream.close());

function readSequence(playlist: string): number {
  return Number(/#EXT-X-MEDIA-SEQUENCE:(\d+)/.exec(playlist)?.[1]);
}

function readStartMs(playlist: string): number {
  return Date.parse(/#EXT-X-PROGRAM-DATE-TIME:(.+)/.exec(playlist)?.[1] ?? '');
}

/** The decode time of an fMP4 segment, in ticks. */
async function readDecodeTime(path: string): Promise<bigint> {
  const body = Buffer.from(await (await client.get(path)).arrayBuffer());
  return body.readBigUInt64BE(body.indexOf('tfdt') + 8);
}

describe.each([livePathToken, liveOwnSignature, liveTokenBoundNames])('a broadcast (%s)', (uid) => {
  it('has six segments on offer, and all can be fetched', async () => {
    const rendition = await client.firstRendition(await client.token(uid));
    const { init, segments } = await client.media(rendition);
    expect(await client.playlist(rendition)).not.toContain('ENDLIST');
    expect(segments).toHaveLength(6);
    for (const path of [init, ...segments]) expect(await client.status(path)).toBe(200);
  });

  it('slides by one segment every four seconds', async () => {
    const rendition = await client.firstRendition(await client.token(uid));
    const [before, segmentsBefore] = [
      await client.playlist(rendition),
      (await client.media(rendition)).segments,
    ];
    client.advance(4);
    const [after, segmentsAfter] = [
      await client.playlist(rendition),
      (await client.media(rendition)).segments,
    ];
    const toName = (path: string) => /seg_\d+/.exec(path)?.[0];
    expect(readSequence(after)).toBe(readSequence(before) + 1);
    expect(readStartMs(after)).toBe(readStartMs(before) + 4000);
    expect(segmentsAfter.slice(0, -1).map(toName)).toEqual(segmentsBefore.slice(1).map(toName));
  });
});

describe('a broadcast', () => {
  it('ends where the server’s clock is', async () => {
    const playlist = await client.playlist(
      await client.firstRendition(await client.token(livePathToken)),
    );
    const edgeMs = readStartMs(playlist) + 6 * 4000;
    const lagMs = client.stream.serverClock.now() - edgeMs;
    expect(lagMs).toBeGreaterThanOrEqual(0);
    expect(lagMs).toBeLessThan(6000);
  });

  it('has no segment that is still to come, and none long gone', async () => {
    const { segments } = await client.media(
      await client.firstRendition(await client.token(livePathToken)),
    );
    const newest = segments.at(-1) ?? '';
    client.advance(-4);
    expect(await client.status(newest)).toBe(404);
    client.advance(4 + 600);
    expect(await client.status(newest)).toBe(404);
  });

  it('has minutes on offer where they are asked for', async () => {
    const { video } = await client.renditions(
      await client.token(livePathToken),
      '?dvrEnabled=true',
    );
    const { segments } = await client.media(video[0] ?? '');
    expect(segments).toHaveLength(75);
    expect(await client.status(segments[0] ?? '')).toBe(200);
  });

  it.each(['video', 'audio'] as const)(
    'runs on without a jump where the film starts again (%s)',
    async (track) => {
      const token = await client.token(livePathToken);
      const { [track]: paths } = await client.renditions(token, '?dvrEnabled=true');
      // Five minutes hold more than one seam of a film of two.
      const { segments } = await client.media(paths[0] ?? '');
      const times = await Promise.all(segments.map(readDecodeTime));
      const steps = times.slice(1).map((time, index) => Number(time - (times[index] ?? 0n)));
      const ticks = { video: 12_800 * 4, audio: 48_000 * 4 }[track];
      // Audio frames do not fit four seconds, so its segments differ by a frame.
      for (const step of steps) expect(Math.abs(step - ticks)).toBeLessThanOrEqual(1024);
    },
  );
});

describe('shiftMediaTime', () => {
  const box = (type: string, ...content: Buffer[]): Buffer => {
    const body = Buffer.concat(content);
    const header = Buffer.alloc(8);
    header.writeUInt32BE(8 + body.length);
    header.write(type, 4, 'latin1');
    return Buffer.concat([header, body]);
  };
  const tfdt = (ticks: bigint): Buffer => {
    const body = Buffer.alloc(12);
    body.writeUInt8(1);
    body.writeBigUInt64BE(ticks, 4);
    return box('tfdt', body);
  };
  const segment = (ticks: bigint): Buffer =>
    Buffer.concat([
      box('styp', Buffer.alloc(8)),
      box('moof', box('mfhd', Buffer.alloc(8)), box('traf', tfdt(ticks))),
      box('mdat', Buffer.from('tfdt is just a word here')),
    ]);

  it('moves the decode time and nothing else', () => {
    const original = segment(100n);
    expect(shiftMediaTime(original, 2n ** 40n)).toEqual(segment(100n + 2n ** 40n));
    expect(original).toEqual(segment(100n));
  });

  it('refuses media whose times are too small to hold it', () => {
    const small = box('moof', box('traf', box('tfdt', Buffer.alloc(8))));
    expect(() => shiftMediaTime(small, 1n)).toThrow(/64-bit/);
  });
});
