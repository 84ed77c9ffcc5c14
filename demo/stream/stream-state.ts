import type { MediaLibrary } from './media-library.js';
import type { Faults } from './state/faults.js';
import type { Link } from './state/link.js';
import type { RequestLog } from './state/request-log.js';
import type { ServerClock } from './state/server-clock.js';
import type { SigningKeys } from './state/signing-keys.js';
import type { Videos } from './state/videos.js';

/** Where the server's three parts listen, such as `http://127.0.0.1:41234`. */
export interface StreamOrigins {
  readonly delivery: string;
  readonly player: string;
  readonly api: string;
}

/** Everything the parts of one local Stream share. */
export interface StreamState {
  readonly accountId: string;
  readonly apiToken: string;
  /** Signs the query of media URLs. */
  readonly urlSecret: Buffer;
  readonly videos: Videos;
  readonly keys: SigningKeys;
  readonly clock: ServerClock;
  /** Overrides of the viewer's address and country. */
  readonly viewer: { ip: string | undefined; country: string | undefined };
  readonly faults: Faults;
  readonly link: Link;
  readonly requests: RequestLog;
  readonly media: MediaLibrary;
  /** Aborted when the server closes. */
  readonly closing: AbortSignal;
  /** Known once the parts listen. */
  origins: StreamOrigins;
}
