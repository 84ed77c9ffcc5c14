import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface VideoRendition {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly bandwidth: number;
  readonly averageBandwidth: number;
  readonly codecs: string;
  readonly frameRate: number;
  readonly timescale: number;
}

export interface AudioRendition {
  readonly name: string;
  readonly label: string;
  readonly bandwidth: number;
  readonly codecs: string;
  readonly language: string;
  readonly timescale: number;
  /** Audio frames do not fit the segments' length, so each has its own. */
  readonly segmentDurationsSeconds: readonly number[];
}

export interface CaptionTrack {
  readonly language: string;
  readonly label: string;
  /** Path below the media folder. */
  readonly file: string;
}

export interface MediaManifest {
  readonly durationSeconds: number;
  readonly segmentSeconds: number;
  readonly segmentCount: number;
  readonly video: readonly VideoRendition[];
  /** The film's own sound first. */
  readonly audio: readonly [AudioRendition, ...AudioRendition[]];
  readonly captions: readonly CaptionTrack[];
  /** Smallest first. */
  readonly thumbnailHeights: readonly number[];
}

/** The prepared media: one film, from which all sample videos and live inputs are made. */
export class MediaLibrary {
  readonly manifest: MediaManifest;
  readonly #folder: string;
  readonly #files = new Map<string, Buffer | undefined>();

  constructor(folder: string) {
    this.#folder = folder;
    const path = join(folder, 'manifest.json');
    if (!existsSync(path))
      throw new Error('The local Stream has no media: manifest.json is missing');
    // Written by the media script beside it, so its form is known.
    this.manifest = JSON.parse(readFileSync(path, 'utf8')) as MediaManifest;
  }

  /** A file's bytes by its parts, each a plain name; undefined where there is none. */
  read(...parts: string[]): Buffer | undefined {
    const key = parts.join('/');
    if (key.split('/').some((part) => !/^[\w-][\w.-]*$/.test(part))) return undefined;
    if (!this.#files.has(key)) {
      const path = join(this.#folder, ...parts);
      this.#files.set(key, existsSync(path) ? readFileSync(path) : undefined);
    }
    return this.#files.get(key);
  }

  /** Segments are counted from 1; the last one may be shorter. */
  segmentDurationSeconds(track: 'video' | 'audio', segment: number): number {
    const { durationSeconds, segmentSeconds, audio } = this.manifest;
    const startSeconds = (segment - 1) * segmentSeconds;
    const videoSeconds = Math.min(segmentSeconds, durationSeconds - startSeconds);
    if (track === 'video') return videoSeconds;
    // All of them are cut alike.
    return audio[0].segmentDurationsSeconds[segment - 1] ?? videoSeconds;
  }

  /** The film's length in ticks of a rendition's timescale. */
  durationTicks(track: 'video' | 'audio', rendition: string): number {
    const { durationSeconds, video, audio } = this.manifest;
    const found = (track === 'audio' ? audio : video).find(({ name }) => name === rendition);
    return Math.round(durationSeconds * (found?.timescale ?? 0));
  }

  /** The picture prepared nearest to a time, at least as high as wanted if there is one. */
  thumbnail(atSeconds: number, wantedHeight: number): Buffer | undefined {
    const { segmentSeconds, segmentCount, thumbnailHeights } = this.manifest;
    const index = Math.max(0, Math.min(segmentCount - 1, Math.round(atSeconds / segmentSeconds)));
    const height = thumbnailHeights.find((each) => each >= wantedHeight) ?? thumbnailHeights.at(-1);
    return this.read('thumbnails', `${height}`, `${index * segmentSeconds}.jpg`);
  }
}
