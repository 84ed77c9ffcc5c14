/** Where tokens for a video of somebody's own come from. */
export type TokenOrigin =
  | {
      readonly kind: 'endpoint';
      /** A whole address; `{video-id}` in it is replaced. */
      readonly url: string;
      readonly method: 'get' | 'post';
      readonly credentials: 'same-origin' | 'include' | 'omit';
    }
  | { readonly kind: 'api'; readonly accountId: string; readonly apiToken: string };

/** What somebody tells the page of an account. The page and its server forget it: it is stored nowhere. */
export interface OwnAccount {
  readonly videoId: string;
  /** Of `customer-<code>.cloudflarestream.com`; without code and origin, the vendor's shared hosts. */
  readonly customerCode: string | undefined;
  readonly deliveryOrigin: string | undefined;
  readonly tokens: TokenOrigin;
}
