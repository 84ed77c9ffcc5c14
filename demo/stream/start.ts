import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { addApiRoutes } from './api/add-api-routes.js';
import { signToken, type TokenClaims } from './api/sign-token.js';
import { addControlRoutes } from './control/add-control-routes.js';
import { addDeliveryRoutes } from './delivery/add-delivery-routes.js';
import { createHttpServer } from './http/create-http-server.js';
import { MediaLibrary } from './media-library.js';
import { addPlayerRoutes } from './player/add-player-routes.js';
import { createSampleVideos } from './sample-videos.js';
import { Faults } from './state/faults.js';
import { Link } from './state/link.js';
import { RequestLog } from './state/request-log.js';
import { ServerClock } from './state/server-clock.js';
import { SigningKeys, type CreatedKey } from './state/signing-keys.js';
import { Videos, type VideoSettings } from './state/videos.js';
import type { StreamOrigins, StreamState } from './stream-state.js';

export interface LocalStreamOptions {
  readonly host?: string;
  /** 0 or absent is any free port. */
  readonly ports?: {
    readonly delivery?: number;
    readonly player?: number;
    readonly api?: number;
  };
  /** A folder of prepared media, laid out as the project's own. */
  readonly mediaFolder?: string;
}

/** A running local Stream. */
export interface LocalStream {
  readonly origins: StreamOrigins;
  readonly accountId: string;
  readonly apiToken: string;
  readonly sdkUrl: string;
  readonly videos: readonly VideoSettings[];
  readonly defaultKeyId: string;
  readonly serverClock: ServerClock;
  readonly viewer: { ip: string | undefined; country: string | undefined };
  readonly faults: Faults;
  readonly link: Link;
  readonly requests: RequestLog;
  /** A video's settings; what is changed in them counts from the next request on. */
  video(uid: string): VideoSettings;
  /** Signs any claims, sensible or not, with a key of the account. */
  signToken(claims: TokenClaims, keyId?: string): Promise<string>;
  createKey(): Promise<CreatedKey>;
  revokeKey(id: string): void;
  /** Ends every connection and timer. */
  close(): Promise<void>;
}

export async function startLocalStream(options: LocalStreamOptions = {}): Promise<LocalStream> {
  const { host = '127.0.0.1', ports = {}, mediaFolder = MEDIA_FOLDER } = options;
  const closing = new AbortController();
  const state = await createState(mediaFolder, closing.signal);
  const apps = createParts(state);
  try {
    const [delivery, player, api] = await Promise.all([
      apps.delivery.listen({ host, port: ports.delivery ?? 0 }),
      apps.player.listen({ host, port: ports.player ?? 0 }),
      apps.api.listen({ host, port: ports.api ?? 0 }),
    ]);
    state.origins = { delivery, player, api };
  } catch (error) {
    await closeAll(Object.values(apps), closing);
    throw error;
  }
  return createHandle(state, () => closeAll(Object.values(apps), closing));
}

const MEDIA_FOLDER = fileURLToPath(new URL('./media/', import.meta.url));

async function createState(mediaFolder: string, closing: AbortSignal): Promise<StreamState> {
  const clock = new ServerClock();
  return {
    accountId: randomBytes(16).toString('hex'),
    apiToken: randomBytes(20).toString('base64url'),
    urlSecret: randomBytes(32),
    media: new MediaLibrary(mediaFolder),
    videos: new Videos(createSampleVideos()),
    keys: await SigningKeys.create(clock.now()),
    clock,
    viewer: { ip: undefined, country: undefined },
    faults: new Faults(),
    link: new Link(),
    requests: new RequestLog(),
    closing,
    origins: { delivery: '', player: '', api: '' },
  };
}

function createParts(state: StreamState): Record<keyof StreamOrigins, FastifyInstance> {
  const [delivery, player, api] = [
    createHttpServer(state),
    createHttpServer(state),
    createHttpServer(state),
  ];
  addDeliveryRoutes(delivery, state);
  addPlayerRoutes(delivery, state);
  // The vendor's shared hosts serve manifests and media as well as the player.
  addDeliveryRoutes(player, state);
  addPlayerRoutes(player, state, { isSharedHost: true });
  addApiRoutes(api, state);
  addControlRoutes(api, state);
  return { delivery, player, api };
}

function createHandle(state: StreamState, close: () => Promise<void>): LocalStream {
  const { accountId, apiToken, origins, clock, viewer, faults, link, requests, keys } = state;
  return {
    accountId,
    apiToken,
    origins,
    sdkUrl: `${origins.player}/embed/sdk.latest.js`,
    videos: state.videos.list(),
    get defaultKeyId() {
      return keys.defaultKeyId;
    },
    serverClock: clock,
    viewer,
    faults,
    link,
    requests,
    video(uid) {
      const video = state.videos.find(uid);
      if (!video) throw new RangeError('The local Stream has no such video');
      return video;
    },
    signToken: async (claims, keyId) =>
      signToken(keys, claims, keyId ?? (await keys.ensureDefault(clock.now()))),
    createKey: () => keys.createKey(clock.now()),
    revokeKey: (id) => {
      keys.revoke(id);
    },
    close,
  };
}

async function closeAll(apps: readonly FastifyInstance[], closing: AbortController): Promise<void> {
  closing.abort();
  await Promise.all(apps.map((app) => app.close()));
}
