export {
  allowCountries,
  allowRanges,
  blockAll,
  blockCountries,
  blockRanges,
  type AccessAction,
  type AccessRule,
  type AnyRule,
  type CountryRule,
  type RangeRule,
} from './access-rules.js';
export { createApiIssuer, type ApiIssuerOptions } from './api-issuer.js';
export { checkRestrictions, type RestrictionsCheck } from './check-restrictions.js';
export type { CorsOptions } from './cors.js';
export { decideAccess, type AccessDecision, type Viewer } from './decide-access.js';
export type { EndpointErrorCode } from './endpoint-answer.js';
export {
  IssuerError,
  type Fault,
  type IssuerErrorCode,
  type IssuerErrorOptions,
} from './issuer-error.js';
export { toNodeHandler, type NodeResponse } from './node-handler.js';
export type { NodeRequest } from './node-request.js';
export type {
  CheckedRestrictions,
  Restrictions,
  RestrictionsWarning,
  RestrictionsWarningCode,
} from './restrictions.js';
export type { SigningKey } from './signing-key.js';
export {
  createSigningKeyIssuer,
  type SigningKeyIssuer,
  type SigningKeyIssuerOptions,
} from './signing-key-issuer.js';
export {
  createTokenHandler,
  type Authorization,
  type TokenHandler,
  type TokenHandlerOptions,
} from './token-handler.js';
export type { TokenIssuer } from './token-issuer.js';
export { isVideoId } from './video-id.js';
