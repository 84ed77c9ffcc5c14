import { createBackend } from '../create-backend.js';
import { readBackendOptions, type BackendEnv } from '../read-backend-options.js';

/**
 * The backend as a Cloudflare Worker. It is made with the first request, when the bindings are there,
 * and kept: a key is imported once for all requests of an isolate.
 */
let backend: ReturnType<typeof createBackend> | undefined;

export default {
  fetch(request: Request, env: BackendEnv): Promise<Response> {
    backend ??= createBackend({
      ...readBackendOptions(env),
      onError: (error) => {
        console.error(error);
      },
    });
    return backend(request);
  },
};
