/** A URL to send, and the token it stands or falls with. */
export interface Grant {
  readonly url: string;
  readonly token: string;
  /** Whether the token was put into the path of a URL that was handed out to another one. */
  readonly swapped?: boolean;
}
