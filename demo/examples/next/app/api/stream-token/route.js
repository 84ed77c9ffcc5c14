import { createSigningKeyIssuer, createTokenHandler } from 'signed-stream/issuer';

let handler;

/** Made with the first request: a build has no key. */
export function GET(request) {
  handler ??= createTokenHandler({
    issuer: createSigningKeyIssuer({
      keyId: process.env.STREAM_KEY_ID,
      jwk: process.env.STREAM_KEY_JWK,
    }),
    // Your own rule: who is asking, and may they watch this video?
    authorize: async (request, videoId) => true,
  });
  return handler(request);
}
