import { swapToken } from '../../delivery/swap-token.js';
import { PlaylistError, type PlaylistAnswer } from './fetch-playlist.js';
import type { Grant } from './grant.js';
import { HandedUrls } from './handed-urls.js';
import {
  parseMediaPlaylist,
  parseMultivariant,
  type MediaPlaylist,
  type Place,
} from './playlist.js';
import { stabilizePlaylist } from './stable-playlist.js';

/** Fetches a playlist. */
export type PlaylistFetcher = (grant: Grant) => Promise<PlaylistAnswer>;

/** What a URL is known as, whatever it is called in the next edition. */
type Identity =
  | { readonly kind: 'manifest' }
  | { readonly kind: 'rendition'; readonly key: string }
  | { readonly kind: 'media'; readonly key: string; readonly place: Place };

interface Entry {
  readonly identity: Identity;
  /** What the URL that hls.js knows stands for, and the token that it is good with. */
  readonly url: string;
  readonly token: string;
}

/** Something fetched once for a token and shared by all requests that need it. */
interface Edition<T> {
  readonly token: string;
  readonly value: Promise<T>;
}

/**
 * Knows every URL that hls.js may ask for, the token it was handed out to, and what has become of
 * it since.
 *
 * A URL is used as it is while its token lives. After that, a media URL is looked up in a playlist
 * fetched with the new token, as is a rendition's (renamed at every fetch). Where the first look
 * shows that only the token in the path has changed, no more lists are fetched for it: the new token
 * is put in the place of the old one.
 */
export class UrlLedger {
  readonly #fetchPlaylist: PlaylistFetcher;
  /** Whether a token that is not the newest can still be used for a while. */
  readonly #isAlive: (token: string) => boolean;
  readonly #entries = new Map<string, Entry>();
  /** URLs handed to hls.js, per rendition. */
  readonly #handed = new Map<string, HandedUrls>();
  readonly #lists = new Map<string, Edition<MediaPlaylist>>();
  readonly #firstToken: string;
  /** Tokens that URLs may carry, newest last. */
  readonly #tokens: string[] = [];
  #root: Grant;
  #multivariant: Edition<ReadonlyMap<string, string>> | undefined;
  /** Whether the token in its path is all that changes in a media URL; seen at the first renewal. */
  #swapsMedia: boolean | undefined;

  constructor(root: Grant, fetchPlaylist: PlaylistFetcher, isAlive: (token: string) => boolean) {
    this.#root = root;
    this.#firstToken = root.token;
    this.#tokens.push(root.token);
    this.#fetchPlaylist = fetchPlaylist;
    this.#isAlive = isAlive;
    this.#entries.set(root.url, { identity: { kind: 'manifest' }, ...root });
  }

  /** The token that a URL was handed out to; the first one's for a URL never seen. */
  tokenOf(url: string): string {
    return this.#entries.get(setAside(url).base)?.token ?? this.#root.token;
  }

  /** Whether a URL comes from a playlist that hls.js has now. */
  knows(url: string): boolean {
    return this.#entries.has(setAside(url).base);
  }

  /** Whether a URL is a rendition's playlist. */
  isRendition(url: string): boolean {
    return this.#entries.get(setAside(url).base)?.identity.kind === 'rendition';
  }

  /**
   * What to send in the place of a URL, with `token` as the newest.
   *
   * @returns `undefined` where the new playlists do not hold it any more, `not-yet` where they do not
   *   reach it: a list that another cache answers may be older than the one before
   */
  async resolve(url: string, token: string): Promise<Grant | 'not-yet' | undefined> {
    const { base, extras } = setAside(url);
    const entry = this.#entries.get(base);
    const handedTo = entry?.token ?? this.#root.token;
    const known = entry === undefined ? url : addExtras(entry.url, extras);
    if (handedTo === token || this.#isAlive(handedTo)) return { url: known, token: handedTo };
    if (entry === undefined || entry.identity.kind === 'manifest') {
      return { url: swapToken(url, this.#tokens, token) ?? url, token };
    }
    const { identity } = entry;
    if (identity.kind === 'rendition') {
      const found = await this.#findRendition(identity.key, token);
      return found && { url: addExtras(found.url, extras), token: found.token };
    }
    const swapped = this.#swapMedia(known, handedTo, token);
    if (swapped !== undefined) return { url: swapped, token, swapped: true };
    const list = await this.#findList(identity.key, token);
    const successor = list?.value.find(identity.place);
    if (list === undefined) return undefined;
    if (successor === undefined) {
      if (identity.place.sequence < list.value.last) return undefined;
      this.#lists.delete(identity.key);
      return 'not-yet';
    }
    if (identity.place.kind === 'segment') {
      this.#swapsMedia ??= successor === swapToken(entry.url, [handedTo], list.token);
    }
    return { url: addExtras(successor, extras), token: list.token };
  }

  /** Forgets what was fetched with a token, so that it is fetched anew. */
  forget(token: string): void {
    if (this.#multivariant?.token === token) this.#multivariant = undefined;
    for (const [key, list] of this.#lists) if (list.token === token) this.#lists.delete(key);
  }

  /** A media URL was refused although its path carried a good token: its signature must be older. */
  distrustSwaps(): void {
    this.#swapsMedia = false;
  }

  /** A rendition's playlist was not found under this name: the next one is looked up anew. */
  forgetName(url: string): void {
    const { base } = setAside(url);
    const entry = this.#entries.get(base);
    if (entry?.identity.kind !== 'rendition') return;
    this.#entries.set(base, { ...entry, token: NO_TOKEN });
    this.#multivariant = undefined;
  }

  /**
   * Takes note of a playlist that hls.js has got.
   *
   * @param asked the URL that hls.js asked for
   * @param sent what was sent in its place
   * @param url the address that answered: relative URLs are resolved against it
   * @returns the text that hls.js may read
   */
  note(asked: string, sent: Grant, url: string, text: string): string {
    const identity = this.#entries.get(setAside(asked).base)?.identity;
    this.#noteToken(sent.token);
    const renditions = parseMultivariant(text, url);
    if (renditions.length > 0) {
      this.#root = { url: sent.url, token: sent.token };
      this.#noteMultivariant(sent.token, renditions);
    } else if (identity !== undefined && identity.kind !== 'media') {
      const key = identity.kind === 'rendition' ? identity.key : '';
      const list = parseMediaPlaylist(text, url);
      const stable = stabilizePlaylist(text, sent.token, this.#firstToken);
      const named = stable === text ? list : parseMediaPlaylist(stable, url);
      this.#noteList(key, sent.token, list, named);
      return stable;
    }
    return text;
  }

  /** The new token in the place of the old one, where that is known to be all that changes. */
  #swapMedia(url: string, handedTo: string, token: string): string | undefined {
    // What has nothing but its path cannot carry a signature of its own.
    const isKnown = this.#swapsMedia ?? !url.includes('?');
    return isKnown ? swapToken(url, [handedTo], token) : undefined;
  }

  #noteToken(token: string): void {
    if (this.#tokens.includes(token)) return;
    this.#tokens.push(token);
    // The first one stays: by it, a live list's media keep their names.
    if (this.#tokens.length > KEPT_TOKENS) this.#tokens.splice(1, 1);
  }

  #noteMultivariant(
    token: string,
    renditions: readonly { readonly key: string; readonly url: string }[],
  ): ReadonlyMap<string, string> {
    const names = new Map(renditions.map(({ key, url }) => [key, url]));
    this.#multivariant = { token, value: Promise.resolve(names) };
    for (const { key, url } of renditions) {
      this.#entries.set(url, { identity: { kind: 'rendition', key }, url, token });
    }
    return names;
  }

  /** @param named the same list, with the URLs that hls.js knows */
  #noteList(key: string, token: string, list: MediaPlaylist, named: MediaPlaylist): void {
    // What a delta update leaves out could not be found in it.
    if (list.isDelta) this.#lists.delete(key);
    else this.#lists.set(key, { token, value: Promise.resolve(list) });
    for (const [name, place] of named.places) {
      const url = list.find(place) ?? name;
      this.#entries.set(name, { identity: { kind: 'media', key, place }, url, token });
    }
    const handed = this.#handed.get(key) ?? new HandedUrls();
    this.#handed.set(key, handed);
    for (const url of handed.renew(named)) this.#entries.delete(url);
  }

  async #findRendition(key: string, token: string): Promise<Grant | undefined> {
    const edition = this.#usable(this.#multivariant, token) ?? this.#fetchMultivariant(token);
    this.#multivariant = edition;
    const url = (await edition.value).get(key);
    return url === undefined ? undefined : { url, token: edition.token };
  }

  #fetchMultivariant(token: string): Edition<ReadonlyMap<string, string>> {
    const url = swapToken(this.#root.url, [this.#root.token], token) ?? this.#root.url;
    const value = this.#fetchPlaylist({ url, token }).then((answer) => {
      const renditions = parseMultivariant(answer.text, answer.url);
      this.#root = { url, token };
      return new Map(renditions.map((rendition) => [rendition.key, rendition.url]));
    });
    const edition = { token, value };
    value.catch(() => {
      if (this.#multivariant === edition) this.#multivariant = undefined;
    });
    return edition;
  }

  async #findList(
    key: string,
    token: string,
  ): Promise<{ readonly value: MediaPlaylist; readonly token: string } | undefined> {
    const known = this.#usable(this.#lists.get(key), token);
    if (known !== undefined) return { value: await known.value, token: known.token };
    const rendition =
      key === ''
        ? { url: swapToken(this.#root.url, [this.#root.token], token) ?? this.#root.url, token }
        : await this.#findRendition(key, token);
    if (rendition === undefined) return undefined;
    // Another request may have begun the same while this one asked for the name.
    const begun = this.#usable(this.#lists.get(key), token);
    const list = begun ?? this.#fetchList(key, rendition);
    return { value: await list.value, token: list.token };
  }

  #fetchList(key: string, rendition: Grant): Edition<MediaPlaylist> {
    const value = this.#fetchNamed(key, rendition).then((answer) =>
      parseMediaPlaylist(answer.text, answer.url),
    );
    const edition = { token: rendition.token, value };
    this.#lists.set(key, edition);
    value.catch(() => {
      if (this.#lists.get(key) === edition) this.#lists.delete(key);
    });
    return edition;
  }

  /** A name that is not found (any more) is looked up anew, once. */
  async #fetchNamed(key: string, rendition: Grant): Promise<PlaylistAnswer> {
    try {
      return await this.#fetchPlaylist(rendition);
    } catch (error) {
      if (key === '' || !(error instanceof PlaylistError) || error.status !== 404) throw error;
      this.#multivariant = undefined;
      const renamed = await this.#findRendition(key, rendition.token);
      if (renamed === undefined || renamed.url === rendition.url) throw error;
      return this.#fetchPlaylist(renamed);
    }
  }

  #usable<T>(edition: Edition<T> | undefined, token: string): Edition<T> | undefined {
    if (edition === undefined) return undefined;
    return edition.token === token || this.#isAlive(edition.token) ? edition : undefined;
  }
}

/**
 * Sets aside what hls.js adds to a URL by itself (low latency directives, client data): the same
 * URL has another one each time.
 */
function setAside(url: string): { base: string; extras: readonly string[] } {
  const query = url.indexOf('?');
  if (query < 0 || !/[?&](?:_HLS_|CMCD=)/.test(url)) return { base: url, extras: [] };
  const parameters = url.slice(query + 1).split('&');
  const extras = parameters.filter((parameter) => /^(?:_HLS_|CMCD=)/.test(parameter));
  const kept = parameters.filter((parameter) => !extras.includes(parameter));
  const base = url.slice(0, query) + (kept.length > 0 ? `?${kept.join('&')}` : '');
  return { base, extras };
}

function addExtras(url: string, extras: readonly string[]): string {
  if (extras.length === 0) return url;
  return `${url}${url.includes('?') ? '&' : '?'}${extras.join('&')}`;
}

/** A token that nobody has: what was handed out to it has to be looked up. */
const NO_TOKEN = '';

const KEPT_TOKENS = 100;
