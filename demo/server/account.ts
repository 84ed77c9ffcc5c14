/** Whose videos are played, and how their tokens are asked for. */
export interface Account {
  readonly accountId: string;
  readonly apiToken: string;
  readonly videoId: string;
  readonly customerCode: string;
}

const ACCOUNT_VARIABLES = {
  accountId: 'STREAM_ACCOUNT_ID',
  apiToken: 'STREAM_API_TOKEN',
  videoId: 'STREAM_VIDEO_ID',
  customerCode: 'STREAM_CUSTOMER_CODE',
} as const satisfies Record<keyof Account, string>;

/** A real account's values; an array names what is missing; `undefined` if none is set at all. */
export function readAccount(
  env: Readonly<Record<string, string | undefined>>,
): Account | string[] | undefined {
  const values = {
    accountId: env[ACCOUNT_VARIABLES.accountId] ?? '',
    apiToken: env[ACCOUNT_VARIABLES.apiToken] ?? '',
    videoId: env[ACCOUNT_VARIABLES.videoId] ?? '',
    customerCode: env[ACCOUNT_VARIABLES.customerCode] ?? '',
  };
  if (Object.values(values).every((value) => value === '')) return undefined;
  const missing = [
    values.accountId === '' ? ACCOUNT_VARIABLES.accountId : undefined,
    values.apiToken === '' ? ACCOUNT_VARIABLES.apiToken : undefined,
    values.videoId === '' ? ACCOUNT_VARIABLES.videoId : undefined,
    values.customerCode === '' ? ACCOUNT_VARIABLES.customerCode : undefined,
  ].filter((name) => name !== undefined);
  return missing.length > 0 ? missing : values;
}
