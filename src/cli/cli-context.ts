import type Cloudflare from 'cloudflare';

/** Where text goes. */
export interface CliStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/** The world around the command. Everything it does not compute comes from here. */
export interface CliContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: CliStream;
  readonly stderr: CliStream;
  readonly now: () => number;
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  readonly readStdin: () => Promise<string>;
  /** Loads the official SDK; rejects where it is not installed. */
  readonly loadSdk: () => Promise<{ readonly default: typeof Cloudflare }>;
}
