/** One segment as a media playlist lists it. */
export interface PlaylistSegment {
  readonly uri: string;
  readonly durationSeconds: number;
}

interface MediaPlaylist {
  readonly targetSeconds: number;
  /** The first segment's number. */
  readonly mediaSequence: number;
  readonly segments: readonly PlaylistSegment[];
  /** Absent for captions. */
  readonly initUri?: string | undefined;
  /** Wall time of the first segment, in a broadcast; a playlist without one has ended. */
  readonly liveSinceMs?: number | undefined;
}

export function buildMediaPlaylist(playlist: MediaPlaylist): string {
  const { targetSeconds, mediaSequence, segments, initUri, liveSinceMs } = playlist;
  const isLive = liveSinceMs !== undefined;
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:6',
    `#EXT-X-MEDIA-SEQUENCE:${mediaSequence}`,
    `#EXT-X-TARGETDURATION:${Math.ceil(targetSeconds)}`,
    ...(isLive ? [] : ['#EXT-X-PLAYLIST-TYPE:VOD']),
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...(initUri === undefined ? [] : [`#EXT-X-MAP:URI="${initUri}"`]),
    ...(isLive ? [`#EXT-X-PROGRAM-DATE-TIME:${new Date(liveSinceMs).toISOString()}`] : []),
    ...segments.flatMap(({ uri, durationSeconds }) => [
      `#EXTINF:${durationSeconds.toFixed(3)},`,
      uri,
    ]),
    ...(isLive ? [] : ['#EXT-X-ENDLIST']),
  ];
  return lines.join('\n') + '\n';
}
