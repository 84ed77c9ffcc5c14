import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ffmpeg, freshFolder, joined, reproducible, words } from './ffmpeg.js';
import {
  captions,
  durationSeconds,
  segmentNumbers,
  segmentSeconds,
  thumbnailHeights,
} from './plan.js';

export function makeDownload(): void {
  ffmpeg(words`-i ${joined('video/640')} -i ${joined('audio/audio')} -map 0:v -map 1:a -c copy
    ${reproducible} -metadata:s:a:0 language=eng -movflags +faststart
    ${join(freshFolder('downloads'), 'default.mp4')}`);
}

export function makeThumbnails(): void {
  freshFolder('thumbnails');
  for (const height of thumbnailHeights) {
    const folder = freshFolder('thumbnails', String(height));
    const scale = `scale=${(height * 16) / 9}:${height}:flags=lanczos`;
    for (const number of segmentNumbers) {
      const file = join(folder, `${(number - 1) * segmentSeconds}.jpg`);
      ffmpeg(words`-i ${joined('video/1280', [number])} -frames:v 1
        -vf ${scale} -q:v 6 ${reproducible} ${file}`);
    }
  }
}

export function makeCaptions(): void {
  const folder = freshFolder('captions');
  const stamp = (seconds: number): string =>
    `${new Date(seconds * 1000).toISOString().slice(11, 19)}.000`;
  for (const { language, cue } of captions) {
    const cues: string[] = [];
    for (let start = 0; start < durationSeconds; start += segmentSeconds) {
      const end = start + segmentSeconds - 1;
      cues.push(`${stamp(start)} --> ${stamp(end)}\n${cue(start)}\n`);
    }
    writeFileSync(join(folder, `${language}.vtt`), `WEBVTT\n\n${cues.join('\n')}`);
  }
}
