import type { AudioRendition, MediaManifest, VideoRendition } from '../media-library.js';
import type { VideoSettings } from '../state/videos.js';
import { buildRenditionName, type Rendition } from './rendition-name.js';

interface MultivariantOptions {
  readonly video: VideoSettings;
  readonly manifest: MediaManifest;
  readonly revision: string;
  /** Offer only the rendition closest to this, in Mbit/s. */
  readonly clientBandwidthHint?: number | undefined;
  /** A query for the media playlists, such as `?dvrEnabled=true`. */
  readonly query: string;
}

/** All renditions of a video. Broadcasts have no captions. */
export function listRenditions(video: VideoSettings, manifest: MediaManifest): Rendition[] {
  return [
    ...manifest.video.map(({ name }) => ({ track: 'video' as const, name })),
    ...listAudio(video, manifest).map(({ name }) => ({ track: 'audio' as const, name })),
    ...listCaptions(video, manifest).map(({ language }) => ({
      track: 'text' as const,
      name: language,
    })),
  ];
}

export function buildMultivariantPlaylist(options: MultivariantOptions): string {
  const { video, manifest, revision, query } = options;
  const audio = listAudio(video, manifest);
  const [original] = audio;
  const captions = listCaptions(video, manifest);
  const uri = (rendition: Rendition) => buildRenditionName(video.uid, rendition, revision) + query;
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:6',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...audio.map(
      ({ name, label, language }) =>
        `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="group_audio",NAME="${label}",LANGUAGE="${language}",` +
        `DEFAULT=${name === original.name ? 'YES' : 'NO'},AUTOSELECT=YES,` +
        `URI="${uri({ track: 'audio', name })}"`,
    ),
    ...captions.map(
      ({ language, label }) =>
        `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="group_text",NAME="${label}",LANGUAGE="${language}",` +
        `DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="${uri({ track: 'text', name: language })}"`,
    ),
    ...chooseVariants(options).flatMap((variant) => [
      `#EXT-X-STREAM-INF:RESOLUTION=${variant.width}x${variant.height},` +
        `CODECS="${variant.codecs},${original.codecs}",` +
        `BANDWIDTH=${variant.bandwidth + original.bandwidth},` +
        `AVERAGE-BANDWIDTH=${variant.averageBandwidth + original.bandwidth},` +
        `FRAME-RATE=${variant.frameRate.toFixed(3)},AUDIO="group_audio"` +
        (captions.length > 0 ? ',SUBTITLES="group_text"' : ''),
      uri({ track: 'video', name: variant.name }),
    ]),
  ];
  return lines.join('\n') + '\n';
}

function listAudio(
  video: VideoSettings,
  { audio }: MediaManifest,
): readonly [AudioRendition, ...AudioRendition[]] {
  return video.dubbed ? audio : [audio[0]];
}

function listCaptions(video: VideoSettings, manifest: MediaManifest): MediaManifest['captions'] {
  return video.kind === 'live' ? [] : manifest.captions;
}

function chooseVariants({
  manifest,
  clientBandwidthHint,
}: MultivariantOptions): readonly VideoRendition[] {
  if (clientBandwidthHint === undefined) return manifest.video;
  const distance = ({ bandwidth }: VideoRendition) =>
    Math.abs(bandwidth - clientBandwidthHint * 1_000_000);
  return manifest.video.toSorted((a, b) => distance(a) - distance(b)).slice(0, 1);
}
