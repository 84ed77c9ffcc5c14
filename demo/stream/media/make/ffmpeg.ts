import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { segmentNumbers, segmentSeconds } from './plan.js';

export const mediaFolder = fileURLToPath(new URL('..', import.meta.url));
export const workFolder = mkdtempSync(join(tmpdir(), 'make-media-'));

/** Where nothing of the machine and the day goes into a file, the same script makes the same file. */
export const reproducible = ['-map_metadata', '-1', '-fflags', '+bitexact'];

/**
 * Splits the written part of a template at white space, as a shell would; an inserted value stays one
 * argument, or several where it is a list.
 */
export function words(
  parts: TemplateStringsArray,
  ...values: (string | number | readonly string[])[]
): string[] {
  const result: string[] = [];
  parts.forEach((part, index) => {
    result.push(...part.split(/\s+/).filter((word) => word !== ''));
    const value = values[index];
    if (Array.isArray(value)) result.push(...value);
    else if (value !== undefined) result.push(String(value));
  });
  return result;
}

export function ffmpeg(args: readonly string[]): void {
  execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    cwd: workFolder,
  });
}

/** One line per packet or stream of the file's first stream. */
export function probe(file: string, entries: string): string[] {
  const args = words`-v error -select_streams 0 -show_entries ${entries} -of csv=p=0 ${file}`;
  return execFileSync('ffprobe', args, { encoding: 'utf8' }).trim().split('\n');
}

export function freshFolder(...path: string[]): string {
  const folder = join(mediaFolder, ...path);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Cuts a file of the work folder into `init.mp4` and `seg_1.mp4`… */
export function segment(file: string, folder: string, options: readonly string[] = []): void {
  const playlist = join(folder, 'index.m3u8');
  ffmpeg(words`-i ${file} -c copy ${reproducible} ${options} -f hls
    -hls_time ${segmentSeconds} -hls_list_size 0 -hls_playlist_type vod
    -hls_segment_type fmp4 -hls_fmp4_init_filename init.mp4 -start_number 1
    -hls_segment_filename ${join(folder, 'seg_%d.mp4')} ${playlist}`);
  rmSync(playlist);
}

/** A rendition's init and segments, read as one file. */
export function joined(folder: string, numbers: readonly number[] = segmentNumbers): string {
  const names = ['init.mp4', ...numbers.map((number) => `seg_${number}.mp4`)];
  return `concat:${names.map((name) => join(mediaFolder, folder, name)).join('|')}`;
}
