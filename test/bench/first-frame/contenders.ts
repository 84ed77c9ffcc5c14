/** What stands in every page's body, however it plays. */
export interface PageOptions {
  readonly videoId: string;
  readonly deliveryOrigin: string;
  readonly sdkUrl: string;
  /** In the page where it is known beforehand. */
  readonly token: string;
}

/** One way of playing a private video, as a page of its own. */
export interface Contender {
  readonly name: string;
  /** The page's script, in `pages`. */
  readonly script: string;
  readonly hasToken: boolean;
  readonly body: (options: PageOptions) => string;
}

const PLAYS = 'autoplay muted playsinline controls';
const SIZE = 'style="display: block; width: 640px; aspect-ratio: 16 / 9"';

function element(player: 'hls' | 'iframe', hasToken: boolean): Contender['body'] {
  return ({ videoId, deliveryOrigin, sdkUrl, token }) =>
    `<body><signed-stream video-id="${videoId}" token-endpoint="/token" player="${player}"` +
    ` delivery-origin="${deliveryOrigin}" sdk-url="${sdkUrl}"` +
    `${hasToken ? ` token="${token}"` : ''} ${PLAYS} ${SIZE}></signed-stream></body>`;
}

function byHand(tag: string, hasToken = false, attributes = PLAYS): Contender['body'] {
  return ({ videoId, deliveryOrigin, token }) =>
    `<body data-video-id="${videoId}" data-delivery-origin="${deliveryOrigin}"` +
    `${hasToken ? ` data-token="${token}"` : ''}><${tag} ${attributes} ${SIZE}></${tag}></body>`;
}

/** In the order of their turns. Each is what its own documentation says, and no more. */
export const CONTENDERS = {
  ours: {
    name: 'signed-stream, hls',
    script: 'element',
    hasToken: false,
    body: element('hls', false),
  },
  byHand: {
    name: 'hls.js by hand',
    script: 'hls-by-hand',
    hasToken: false,
    body: byHand('video'),
  },
  oursWithToken: {
    name: 'signed-stream, hls, token in the page',
    script: 'element',
    hasToken: true,
    body: element('hls', true),
  },
  byHandWithToken: {
    name: 'hls.js by hand, token in the page',
    script: 'hls-by-hand',
    hasToken: true,
    body: byHand('video', true),
  },
  hlsVideo: {
    name: 'hls-video-element',
    script: 'hls-video',
    hasToken: false,
    body: byHand('hls-video'),
  },
  muxPlayer: {
    name: 'mux-player',
    script: 'mux-player',
    hasToken: false,
    body: byHand('mux-player', false, `${PLAYS} stream-type="on-demand" disable-tracking`),
  },
  oursInFrame: {
    name: 'signed-stream, Stream player',
    script: 'element',
    hasToken: false,
    body: element('iframe', false),
  },
  frameByHand: {
    name: 'frame by hand',
    script: 'frame-by-hand',
    hasToken: false,
    body: byHand('iframe', false, 'allow="autoplay; fullscreen" frameborder="0"'),
  },
} satisfies Record<string, Contender>;

export type ContenderKey = keyof typeof CONTENDERS;
