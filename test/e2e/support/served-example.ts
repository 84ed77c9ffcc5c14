/** An example on a server of its own, with a token endpoint where it looks for one. */
export interface ServedExample {
  readonly url: string;
  close(): Promise<void>;
}
