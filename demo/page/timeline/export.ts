import type { Recording } from '../recording/recording.js';

/** Where and when it was recorded. */
export interface Circumstances {
  /** The address that shows the same. */
  readonly link: string;
  readonly browser: string;
  readonly madeAt: Date;
}

/**
 * What was recorded, to be sent to somebody: times in seconds since the page was opened. It is made of
 * what the recording holds, in which there are neither tokens nor addresses.
 */
export function toJson(recording: Recording, circumstances: Circumstances): string {
  const lanes = recording.lanes.filter(
    ([, { samples, requests }]) => samples.length + requests.length > 0,
  );
  return JSON.stringify(
    {
      version: 1,
      ...circumstances,
      deeds: recording.deeds.map(({ atMs, name }) => ({ at: toSeconds(atMs), name })),
      lanes: Object.fromEntries(
        lanes.map(([id, { samples, tokens, failures, requests, stalls }]) => [
          id,
          {
            samples: samples.map(({ atMs, positionSeconds, bufferedToSeconds }) => ({
              at: toSeconds(atMs),
              position: round(positionSeconds),
              bufferedTo: round(bufferedToSeconds),
            })),
            tokens: tokens.map(({ fromMs, endsMs, reason }) => ({
              from: toSeconds(fromMs),
              ends: Number.isFinite(endsMs) ? toSeconds(endsMs) : null,
              reason,
            })),
            failures: failures.map(({ atMs, code, status }) => ({
              at: toSeconds(atMs),
              code,
              status,
            })),
            requests: requests.map(({ fromMs, toMs, type, what, status, isBroken, bytes }) => ({
              from: toSeconds(fromMs),
              to: toSeconds(toMs),
              type,
              what,
              status,
              isBroken,
              bytes,
            })),
            stalls: stalls.map(({ fromMs, toMs }) => ({
              from: toSeconds(fromMs),
              to: toMs === undefined ? null : toSeconds(toMs),
            })),
          },
        ]),
      ),
    },
    undefined,
    1,
  );
}

/** Hands a file to the viewer. */
export function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the content by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function toSeconds(ms: number): number {
  return round(ms / 1000);
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
