import type { FastifyRequest } from 'fastify';
import type { Requester } from '../access/authorize.js';
import type { StreamState } from '../stream-state.js';

/** Who sent this request, with the overrides of address and country applied. */
export function readRequester(state: StreamState, request: FastifyRequest): Requester {
  const { origin, referer } = request.headers;
  return {
    ip: state.viewer.ip ?? request.ip,
    country: state.viewer.country,
    // A sandboxed or opaque page says `null`, which is no page's address.
    origin: origin ?? referer,
  };
}
