import type { EndpointAnswer } from './endpoint-answer.js';

/**
 * Where a handler keeps the function behind it, which answers with plain data. On Node, making a
 * `Response` only to take it apart again costs more than everything else an endpoint does but signing.
 */
export const ANSWERER = Symbol('answerer');

export type Answerer<Context extends readonly unknown[]> = (
  request: Request,
  ...context: Context
) => Promise<EndpointAnswer | Response>;
