/** How the page is set up to ask its token endpoint: the element's attributes. */
export interface EndpointQuestion {
  readonly endpoint: string;
  readonly videoId: string;
  readonly method: 'get' | 'post';
  /** The page's origin, sent as a browser would. */
  readonly origin: string | undefined;
  readonly credentials: 'same-origin' | 'include' | 'omit';
  /** What somebody who is logged in has: the browser's cookies, and a header the page adds. */
  readonly login: {
    readonly cookie: string | undefined;
    readonly authorization: string | undefined;
  };
}

/** Whether the page is of another origin than its endpoint. A page that is not named is of the same. */
export function isCrossOrigin({ origin, endpoint }: EndpointQuestion): boolean {
  return origin !== undefined && new URL(endpoint).origin !== origin;
}

/** Whether a browser sends its cookies along. */
export function sendsCookies(question: EndpointQuestion): boolean {
  switch (question.credentials) {
    case 'include':
      return true;
    case 'same-origin':
      return !isCrossOrigin(question);
    case 'omit':
      return false;
  }
}

/**
 * The headers for which a browser asks first, as it names them: lower case, in order. The page adds
 * `Authorization` itself, so it is sent whatever `credentials` says.
 */
export function listPreflightedHeaders(question: EndpointQuestion): readonly string[] {
  if (!isCrossOrigin(question)) return [];
  return [
    ...(question.login.authorization === undefined ? [] : ['authorization']),
    ...(question.method === 'post' ? ['content-type'] : []),
  ];
}
