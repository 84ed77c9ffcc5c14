/** Which text tracks of a video are shown, by what they are called in every video of the same source. */
export type ShownTracks = ReadonlyMap<string, TextTrackMode>;

export function readShownTracks({ textTracks }: HTMLVideoElement): ShownTracks {
  return new Map(Array.from(textTracks, (track) => [nameOf(track), track.mode]));
}

/** Shows a track as the one of that name was shown. */
export function showTrack(track: TextTrack, shown: ShownTracks): void {
  const mode = shown.get(nameOf(track));
  if (mode !== undefined && track.mode !== mode) track.mode = mode;
}

function nameOf({ kind, language, label }: TextTrack): string {
  return [kind, language, label].join(' ');
}
