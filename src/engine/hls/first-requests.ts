/**
 * The playlists that hls.js asks for first: of the largest picture that its first guess at the
 * link's speed allows, else of the one listed first, and of the sound that belongs to it.
 *
 * @throws TypeError where an address is none
 */
export function findFirstRenditions(text: string, baseUrl: string): readonly string[] {
  const variants = [...text.matchAll(VARIANT)].map(([, tag = '', uri = '']) => ({
    bandwidth: Number(/[:,]BANDWIDTH=(\d+)/.exec(tag)?.[1] ?? Infinity),
    group: /[:,]AUDIO="([^"]*)"/.exec(tag)?.[1],
    uri,
  }));
  const fits = variants.filter(({ bandwidth }) => bandwidth <= FIRST_GUESS_BPS);
  const best = Math.max(...fits.map(({ bandwidth }) => bandwidth));
  const picture = fits.find(({ bandwidth }) => bandwidth === best) ?? variants[0];
  if (picture === undefined) return [];
  const sounds = [...text.matchAll(/^#EXT-X-MEDIA:TYPE=AUDIO,.*/gm)]
    .map(([tag]) => tag)
    .filter((tag) => tag.includes(`GROUP-ID="${picture.group}"`));
  const sound = sounds.find((tag) => tag.includes('DEFAULT=YES')) ?? sounds[0] ?? '';
  return toUrls([picture.uri, findUri(sound)], baseUrl);
}

/**
 * The init section and the first segment of a video from its start; nothing of a broadcast, of what
 * is encrypted, or of parts of files.
 *
 * @throws TypeError where an address is none
 */
export function findFirstMedia(text: string, baseUrl: string): readonly string[] {
  if (!text.includes('#EXT-X-ENDLIST') || /^#EXT-X-(?:KEY|BYTERANGE)|BYTERANGE=/m.test(text)) {
    return [];
  }
  const init = /^#EXT-X-MAP:.*/m.exec(text)?.[0] ?? '';
  return toUrls([findUri(init), /^[^#\s].*/m.exec(text)?.[0]], baseUrl);
}

function findUri(tag: string): string | undefined {
  return /[:,]URI="([^"]*)"/.exec(tag)?.[1];
}

function toUrls(uris: readonly (string | undefined)[], baseUrl: string): readonly string[] {
  return uris.flatMap((uri) => (uri ? [new URL(uri.trim(), baseUrl).href] : []));
}

/** A variant's tag, and the line after it. */
const VARIANT = /^(#EXT-X-STREAM-INF:.*?)\r?\n([^#\r\n]+)/gm;

/** `abrEwmaDefaultEstimate` of hls.js, where nobody has set another. */
const FIRST_GUESS_BPS = 500_000;
