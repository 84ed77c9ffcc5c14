import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { joined, mediaFolder, probe } from './ffmpeg.js';
import {
  captions,
  durationSeconds,
  frameRate,
  renditions,
  segmentNumbers,
  segmentSeconds,
  sounds,
  thumbnailHeights,
} from './plan.js';

interface Measured {
  bandwidth: number;
  averageBandwidth: number;
  timescale: number;
  segmentDurationsSeconds: number[];
}

/** Measures the segments as they lie there; the peak is the dearest segment's own rate. */
function measure(folder: string): Measured {
  const [timeBase = ''] = probe(join(mediaFolder, folder, 'init.mp4'), 'stream=time_base');
  const timescale = Number.parseInt(timeBase.split('/')[1] ?? '', 10);
  const segmentDurationsSeconds: number[] = [];
  let peak = 0;
  let bits = 0;
  for (const number of segmentNumbers) {
    // Every sample lasts equally long; ffprobe does not know the first one's duration.
    const durations = probe(joined(folder, [number]), 'packet=duration');
    const units = durations.length * Number.parseInt(durations.at(-1) ?? '', 10);
    const size = statSync(join(mediaFolder, folder, `seg_${number}.mp4`)).size * 8;
    segmentDurationsSeconds.push(Number((units / timescale).toFixed(6)));
    peak = Math.max(peak, (size * timescale) / units);
    bits += size;
  }
  return {
    bandwidth: Math.ceil(peak),
    averageBandwidth: Math.round(bits / durationSeconds),
    timescale,
    segmentDurationsSeconds,
  };
}

export function writeManifest(): void {
  const video = renditions.map(({ name, width, height, codecs }) => {
    const { bandwidth, averageBandwidth, timescale } = measure(`video/${name}`);
    return { name, width, height, bandwidth, averageBandwidth, codecs, frameRate, timescale };
  });
  const manifest = {
    durationSeconds,
    segmentSeconds,
    segmentCount: segmentNumbers.length,
    video,
    audio: sounds.map(({ name, label, language }) => ({
      name,
      label,
      codecs: 'mp4a.40.2',
      language,
      ...measure(`audio/${name}`),
    })),
    captions: captions.map(({ language, label }) => ({
      language,
      label,
      file: `captions/${language}.vtt`,
    })),
    thumbnailHeights,
  };
  writeFileSync(join(mediaFolder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
