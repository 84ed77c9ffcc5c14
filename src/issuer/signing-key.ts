/**
 * A Stream signing key. `jwk` and `pem` may be given as the API returns them (base64), or decoded: a
 * JWK as JSON text or object, a PEM as PKCS#1 or PKCS#8 text.
 */
export type SigningKey =
  | { readonly keyId: string; readonly jwk: string | object }
  | { readonly keyId: string; readonly pem: string };
