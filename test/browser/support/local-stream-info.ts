/** What a test in a browser is told about the local Stream that was started for it. */
export interface LocalStreamInfo {
  readonly origins: {
    readonly delivery: string;
    readonly player: string;
    readonly api: string;
  };
  readonly accountId: string;
  readonly apiToken: string;
  readonly sdkUrl: string;
  /** Its switches by HTTP, with a slash at the end. */
  readonly controlUrl: string;
  /** Of the page's own origin. `?lifetime=` in seconds, `?exp=string`, `?fault=` as in the demo. */
  readonly tokenEndpoint: string;
}

/** Where the page carries it. */
export const LOCAL_STREAM_ELEMENT_ID = 'local-stream';
