/** Whose videos are played, and how their tokens are asked for. */
export interface Account {
  readonly accountId: string;
  readonly apiToken: string;
  readonly videoId: string;
  /** Absent where the video comes from an origin of its own. */
  readonly customerCode: string | undefined;
  readonly deliveryOrigin: string | undefined;
  /** Where the Stream API is; absent: at the vendor's. */
  readonly apiOrigin: string | undefined;
}

type Env = Readonly<Record<string, string | undefined>>;

/** What an account is made of; a delivery origin may stand in for the last one. */
const ACCOUNT_VARIABLES = [
  'STREAM_ACCOUNT_ID',
  'STREAM_API_TOKEN',
  'STREAM_VIDEO_ID',
  'STREAM_CUSTOMER_CODE',
] as const;

/**
 * A real account's values; an array names what is missing; `undefined` if none is set at all.
 * `STREAM_DELIVERY_ORIGIN` and `STREAM_API_ORIGIN` say where an account is, but make none by themselves.
 */
export function readAccount(env: Env): Account | string[] | undefined {
  const isMissing = (name: string): boolean => read(env, name) === undefined;
  if (ACCOUNT_VARIABLES.every(isMissing)) return undefined;
  const deliveryOrigin = read(env, 'STREAM_DELIVERY_ORIGIN');
  const missing = ACCOUNT_VARIABLES.filter(isMissing).filter(
    (name) => name !== 'STREAM_CUSTOMER_CODE' || deliveryOrigin === undefined,
  );
  if (missing.length > 0) return missing;
  return {
    accountId: read(env, 'STREAM_ACCOUNT_ID') ?? '',
    apiToken: read(env, 'STREAM_API_TOKEN') ?? '',
    videoId: read(env, 'STREAM_VIDEO_ID') ?? '',
    customerCode: read(env, 'STREAM_CUSTOMER_CODE'),
    deliveryOrigin,
    apiOrigin: read(env, 'STREAM_API_ORIGIN'),
  };
}

function read(env: Env, name: string): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}
