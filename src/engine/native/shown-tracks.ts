/** Which text tracks of a video are shown, by what they are called in every video made of the same source. */
export type ShownTracks = ReadonlyMap<string, TextTrackMode>;

/** @returns nothing where the video has told of no tracks yet */
export function readShownTracks({ textTracks }: HTMLVideoElement): ShownTracks {
  return new Map(Array.from(textTracks, (track) => [nameOf(track), track.mode]));
}

/** Shows the same tracks in another video: those that it has, and those that it is still to tell of. */
export function showTracks(
  { textTracks }: HTMLVideoElement,
  shown: ShownTracks,
  signal: AbortSignal,
): void {
  const show = (track: TextTrack): void => {
    const mode = shown.get(nameOf(track));
    if (mode !== undefined && track.mode !== mode) track.mode = mode;
  };
  for (const track of textTracks) show(track);
  const add = ({ track }: TrackEvent): void => {
    if (track !== null) show(track);
  };
  textTracks.addEventListener('addtrack', add, { signal });
}

function nameOf({ kind, language, label }: TextTrack): string {
  return [kind, language, label].join(' ');
}
