/** Where a URL stands in a media playlist; the same place in a newer list holds its successor. */
export interface Place {
  readonly kind: 'segment' | 'part' | 'init' | 'key';
  /** Media sequence number; for `init` and `key` that of the last segment they apply to. */
  readonly sequence: number;
  /** Index of a part in its segment, else 0. */
  readonly index: number;
}

/** The URLs of a media playlist by their places. */
export class MediaPlaylist {
  readonly #urls = new Map<string, string>();
  readonly #applied = { init: new Map<number, string>(), key: new Map<number, string>() };
  #first = Infinity;
  #last = -1;
  #isDelta = false;

  /** All URLs, each with the last place at which it stands. */
  readonly places = new Map<string, Place>();

  /** Sequence number of the first segment; `Infinity` where there is none. */
  get first(): number {
    return this.#first;
  }

  /** Sequence number of the last segment; -1 where there is none. */
  get last(): number {
    return this.#last;
  }

  /** Whether it leaves out segments that the list before has named. */
  get isDelta(): boolean {
    return this.#isDelta;
  }

  /** The segments from this one on are as in the list before. */
  skipFrom(sequence: number): void {
    this.#isDelta = true;
    this.#first = Math.min(this.#first, sequence);
  }

  add(place: Place, url: string): void {
    const { kind, sequence, index } = place;
    this.places.set(url, place);
    if (kind === 'init' || kind === 'key') {
      this.#applied[kind].set(sequence, url);
    } else {
      this.#urls.set(`${kind} ${sequence} ${index}`, url);
    }
    this.#first = Math.min(this.#first, sequence);
    this.#last = Math.max(this.#last, sequence);
  }

  /** The URL at a place, or `undefined` where the list does not reach it (any more). */
  find({ kind, sequence, index }: Place): string | undefined {
    if (kind !== 'init' && kind !== 'key') return this.#urls.get(`${kind} ${sequence} ${index}`);
    // A window that has slid on still has the init section of the segments that are gone.
    return this.#applied[kind].get(Math.min(this.#last, Math.max(this.#first, sequence)));
  }
}

/** Reads the URLs of a media playlist, resolved against its own. */
export function parseMediaPlaylist(text: string, baseUrl: string): MediaPlaylist {
  const list = new MediaPlaylist();
  let sequence = 0;
  let part = 0;
  const applied: { init: string | undefined; key: string | undefined } = {
    init: undefined,
    key: undefined,
  };
  const resolve = createResolver(baseUrl);
  const closeSegment = (): void => {
    for (const kind of ['init', 'key'] as const) {
      const url = applied[kind];
      if (url !== undefined) list.add({ kind, sequence, index: 0 }, url);
    }
  };
  for (const line of splitLines(text)) {
    if (!line.startsWith('#')) {
      list.add({ kind: 'segment', sequence, index: 0 }, resolve(line));
      closeSegment();
      sequence += 1;
      part = 0;
    } else if (line.startsWith('#EXT-X-MEDIA-SEQUENCE:')) {
      sequence = readNumber(line);
    } else if (line.startsWith('#EXT-X-SKIP:')) {
      list.skipFrom(sequence);
      sequence += readNumber(line);
    } else if (line.startsWith('#EXT-X-MAP:')) {
      applied.init = resolveUri(line, resolve);
    } else if (line.startsWith('#EXT-X-KEY:')) {
      applied.key = resolveUri(line, resolve);
    } else if (line.startsWith('#EXT-X-PART:') || /^#EXT-X-PRELOAD-HINT:.*TYPE=PART/.test(line)) {
      const url = resolveUri(line, resolve);
      if (url !== undefined) list.add({ kind: 'part', sequence, index: part }, url);
      part += 1;
    }
  }
  if (part > 0) closeSegment();
  return list;
}

/** One rendition of a multivariant playlist: a variant, an audio track, a caption track. */
export interface Rendition {
  /** The same in every edition of the playlist, whatever the file is called. */
  readonly key: string;
  readonly url: string;
}

/**
 * Reads the renditions of a multivariant playlist; empty for a media playlist.
 *
 * Stream names rendition playlists `stream_t<hash>_r<revision>.m3u8`, another revision at every
 * fetch: the hash says which it is. Where there is none, its attributes do.
 */
export function parseMultivariant(text: string, baseUrl: string): readonly Rendition[] {
  const renditions: Rendition[] = [];
  const resolve = createResolver(baseUrl);
  const seen = new Map<string, number>();
  const add = (tag: string, uri: string): void => {
    const described = `${describeTag(tag)} ${nameHash(uri) ?? ''}`;
    const count = seen.get(described) ?? 0;
    seen.set(described, count + 1);
    renditions.push({ key: `${described} ${count}`, url: resolve(uri) });
  };
  let variant: string | undefined;
  for (const line of splitLines(text)) {
    if (line.startsWith('#EXT-X-STREAM-INF:')) {
      variant = line;
    } else if (line.startsWith('#EXT-X-MEDIA:') || line.startsWith('#EXT-X-I-FRAME-STREAM-INF:')) {
      const uri = findUri(line);
      if (uri !== undefined) add(line, uri);
    } else if (!line.startsWith('#') && variant !== undefined) {
      add(variant, line);
      variant = undefined;
    }
  }
  return renditions;
}

function describeTag(tag: string): string {
  const [name = ''] = tag.split(':', 1);
  return [name, ...ATTRIBUTES.map((attribute) => attribute.exec(tag)?.[1] ?? '')].join(' ');
}

function nameHash(uri: string): string | undefined {
  return /(?:^|\/)stream_t([^/_?]+)_r[^/?]*\.m3u8/.exec(uri)?.[1];
}

function resolveUri(tag: string, resolve: (uri: string) => string): string | undefined {
  const uri = findUri(tag);
  return uri === undefined ? undefined : resolve(uri);
}

/** The first number of a tag. */
function readNumber(tag: string): number {
  return Number(/[:=](\d+)/.exec(tag)?.[1] ?? 0);
}

function findUri(tag: string): string | undefined {
  return /[:,]URI="([^"]*)"/.exec(tag)?.[1];
}

/** `new URL` for each line of a long playlist takes most of the time, so the common form is cut. */
function createResolver(baseUrl: string): (uri: string) => string {
  const root = new URL('/', baseUrl).href.slice(0, -1);
  return (uri) =>
    uri.startsWith('/') && !uri.startsWith('//') && !/[\\\s]|\/\.\.?(?:\/|$)/.test(uri)
      ? root + uri
      : (parseUrl(uri, baseUrl)?.href ?? uri);
}

/** hls.js fails on what is no URL when it asks for it, not for the whole list. */
function parseUrl(uri: string, baseUrl: string): URL | undefined {
  try {
    return new URL(uri, baseUrl);
  } catch {
    return undefined;
  }
}

function splitLines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}

/** What tells renditions apart; bit rates are left out, they may be measured anew. */
const ATTRIBUTES = [
  /[:,]TYPE=([^,]*)/,
  /[:,]GROUP-ID="([^"]*)"/,
  /[:,]NAME="([^"]*)"/,
  /[:,]LANGUAGE="([^"]*)"/,
  /[:,]RESOLUTION=([^,]*)/,
  /[:,]FRAME-RATE=([^,]*)/,
  /[:,]CODECS="([^"]*)"/,
];
