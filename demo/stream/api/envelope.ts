/** What every answer of the vendor's API looks like. */
export interface Envelope {
  readonly result: unknown;
  readonly success: boolean;
  readonly errors: readonly ApiMessage[];
  readonly messages: readonly ApiMessage[];
}

interface ApiMessage {
  readonly code: number;
  readonly message: string;
}

/** A failure as the API reports it: a status, a code of the vendor's and a sentence. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function succeed(result: unknown): Envelope {
  return { result, success: true, errors: [], messages: [] };
}

export function fail({ code, message }: ApiError): Envelope {
  return { result: null, success: false, errors: [{ code, message }], messages: [] };
}

export function badRequest(detail: string): ApiError {
  return new ApiError(400, 10005, `Bad Request: ${detail}`);
}

export function notFound(): ApiError {
  return new ApiError(404, 10003, 'Not Found');
}
