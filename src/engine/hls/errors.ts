import { ErrorDetails, ErrorTypes, type ErrorData } from 'hls.js';
import { SignedStreamError } from '../../errors.js';

/** What a failure of hls.js means for a viewer. Its own texts hold URLs, so none is passed on. */
export function toSignedStreamError(data: ErrorData): SignedStreamError {
  const status = data.response?.code;
  if (data.type === ErrorTypes.NETWORK_ERROR) {
    if (isMissing(data, status)) {
      return new SignedStreamError('video-not-found', `Stream has no such video (${status}).`, {
        status,
        retryable: true,
      });
    }
    return new SignedStreamError('network-failed', `Media could not be loaded: ${data.details}.`, {
      status: status === 0 ? undefined : status,
      retryable: true,
    });
  }
  return new SignedStreamError('media-failed', `Media could not be played: ${data.details}.`);
}

/** 404: no such video; 424: it could not be encoded; 204 (an empty manifest): not live yet. */
function isMissing(data: ErrorData, status: number | undefined): boolean {
  return (
    (data.details === ErrorDetails.MANIFEST_LOAD_ERROR && (status === 404 || status === 424)) ||
    (data.details === ErrorDetails.MANIFEST_PARSING_ERROR && status === 204)
  );
}
