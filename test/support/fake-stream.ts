/** How media URLs are authorised: by their path alone, or by a signature made with the token. */
export type MediaAuth = 'token-in-path' | 'own-signature';

const ORIGIN = 'https://v.test';
const RENDITIONS = ['audio', 'low', 'high'] as const;

/**
 * As much of Stream as a player's URLs need: lists whose names change at every fetch, and media
 * whose URLs die with the token that they were handed to.
 */
export class FakeStream {
  readonly auth: MediaAuth;
  /** Tokens that are accepted. */
  readonly good: Set<string>;
  /** What was asked for, as `manifest`, `list low`, `media low 5`, each with the token. */
  readonly log: string[] = [];
  /** First and last segment on offer. */
  window = { first: 1, last: 10 };
  /** Names of lists that are not found any more. */
  readonly gone = new Set<string>();
  #revision = 0;

  constructor(auth: MediaAuth, ...good: readonly string[]) {
    this.auth = auth;
    this.good = new Set(good);
  }

  manifestUrl(token: string): string {
    return `${ORIGIN}/${token}/manifest/video.m3u8`;
  }

  /** Requests of one kind since the last look. */
  taken(kind: 'manifest' | 'list' | 'media'): readonly string[] {
    return this.log.filter((line) => line.startsWith(kind));
  }

  /** What the network answers; a test may put its own in. */
  answer = (url: string): Response => {
    const { pathname, searchParams } = new URL(url);
    const [, id = '', , file = '', last = ''] = pathname.split('/');
    if (file === 'video.m3u8') return this.#manifest(id);
    const [, name = ''] = /^stream_t(\w+)_r\d+\.m3u8$/.exec(file) ?? [];
    if (name !== '') return this.#list(id, name, file);
    return this.#media(id, file, last, searchParams.get('s'));
  };

  #manifest(token: string): Response {
    this.log.push(`manifest ${token}`);
    if (!this.good.has(token)) return new Response('', { status: 401 });
    this.#revision += 1;
    const [audio, ...videos] = RENDITIONS.map((name) => `stream_t${name}_r${this.#revision}.m3u8`);
    return new Response(
      [
        '#EXTM3U',
        `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="original",URI="${audio}"`,
        ...videos.flatMap((name, index) => [
          `#EXT-X-STREAM-INF:BANDWIDTH=${index + 1},RESOLUTION=640x360,AUDIO="a"`,
          name,
        ]),
      ].join('\n'),
    );
  }

  #list(token: string, name: string, file: string): Response {
    this.log.push(`list ${name} ${token}`);
    if (this.gone.has(file)) return new Response('', { status: 404 });
    if (!this.good.has(token)) return new Response('', { status: 401 });
    const { first, last } = this.window;
    const id = this.auth === 'own-signature' ? 'uid' : token;
    const sign = (path: string): string => `/${id}/video/${name}/${path}?s=${this.#sign(token)}`;
    return new Response(
      [
        '#EXTM3U',
        `#EXT-X-MEDIA-SEQUENCE:${first}`,
        `#EXT-X-MAP:URI="${sign('init.mp4')}"`,
        ...Array.from({ length: last - first + 1 }, (_, index) => [
          '#EXTINF:4,',
          sign(`seg_${first + index}.mp4`),
        ]).flat(),
      ].join('\n'),
    );
  }

  #media(id: string, name: string, file: string, signature: string | null): Response {
    this.log.push(`media ${name} ${file}`);
    const isGood =
      this.auth === 'own-signature'
        ? [...this.good].some((token) => this.#sign(token) === signature)
        : this.good.has(id);
    return new Response('', { status: isGood ? 200 : 403 });
  }

  /** A signature of its own dies with its token; the other kind is the same for all. */
  #sign(token: string): string {
    return this.auth === 'own-signature' ? `by-${token}` : 'same';
  }
}
