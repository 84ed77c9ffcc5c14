/** What a page written by hand has: where its video is, and perhaps a token from its server. */
export interface PageData {
  readonly videoId: string;
  readonly deliveryOrigin: string;
  readonly token: string | undefined;
}

export function readPageData(): PageData {
  const { videoId = '', deliveryOrigin = '', token } = document.body.dataset;
  return { videoId, deliveryOrigin, token };
}

/** As in the vendor's guide: ask the page's own server, and take the token out of the answer. */
export async function fetchToken({ videoId, token }: PageData): Promise<string> {
  if (token !== undefined) return token;
  const response = await fetch(`/token?video-id=${videoId}`);
  const { result } = (await response.json()) as { result: { token: string } };
  return result.token;
}

export async function fetchManifestUrl(data: PageData): Promise<string> {
  return `${data.deliveryOrigin}/${await fetchToken(data)}/manifest/video.m3u8`;
}

/** Elements of others, whose packages do not tell TypeScript's list of elements. */
declare global {
  interface HTMLElementTagNameMap {
    'hls-video': HTMLVideoElement;
    'mux-player': HTMLVideoElement;
  }
}

/** The one element of its kind in the page. */
export function find<K extends keyof HTMLElementTagNameMap>(tag: K): HTMLElementTagNameMap[K] {
  const element = document.querySelector(tag);
  if (element === null) throw new Error(`The page has no <${tag}>`);
  return element;
}
