import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Plugin } from 'vite';
import type { DemoConfig, DemoStatus } from '../shared/demo-config.js';
import type { LocalStream } from '../stream/start.js';
import type { DemoBackend } from './demo-backend.js';
import { parseFaultChange, type FaultBoard } from './fault-board.js';
import type { OwnAccountRoutes } from './own-account.js';
import { readJson } from './read-json.js';
import { sendJson } from './send-json.js';
import { createTokenEndpoint } from './token-endpoint.js';
import type { TokenIssuer } from './token-issuer.js';

export interface DemoPluginOptions {
  readonly config: DemoConfig;
  readonly board: FaultBoard;
  readonly stream: LocalStream | undefined;
  /** Absent where an account is set up by half. */
  readonly issuer: TokenIssuer | undefined;
  /** Gives the tokens in the place of the demo's own endpoint. */
  readonly backend: DemoBackend | undefined;
  readonly ownAccount: OwnAccountRoutes;
}

/** The demo page's own server: its configuration, its token endpoint, and what breaks both. */
export function demoPlugin(options: DemoPluginOptions): Plugin {
  const { config, board, stream, issuer, backend, ownAccount } = options;
  const status = (): DemoStatus => ({
    faults: board.faults,
    serverNowMs: issuer?.nowMs() ?? Date.now(),
  });

  const changeFaults = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === 'PATCH') {
      const change = parseFaultChange(await readJson(request));
      if (!change) {
        sendJson(response, 400, { error: 'No such fault' });
        return;
      }
      board.change(change);
    }
    sendJson(response, 200, status());
  };

  const once = (act: () => void) => (request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== 'POST') {
      sendJson(response, 405, { error: 'Only POST' });
      return;
    }
    act();
    sendJson(response, 200, status());
  };

  return {
    name: 'demo',
    configureServer({ middlewares }) {
      if (backend) {
        for (const path of ['/api/stream-token', '/login', '/logout']) {
          middlewares.use(path, (request, response) => backend.handle(request, response));
        }
      } else if (issuer) {
        const endpoint = createTokenEndpoint({
          issuer,
          stream,
          faults: () => board.faults,
        });
        middlewares.use('/api/stream-token', toMiddleware(endpoint));
      }
      middlewares.use('/api/demo-config', (_request, response) => {
        sendJson(response, 200, config);
      });
      middlewares.use('/api/own/token', toMiddleware(ownAccount.token));
      middlewares.use('/api/own/doctor', toMiddleware(ownAccount.doctor));
      middlewares.use('/api/wait', toMiddleware(wait));
      middlewares.use('/api/faults', toMiddleware(changeFaults));
      middlewares.use(
        '/api/refuse-segment',
        once(() => board.refuseSegment()),
      );
      middlewares.use(
        '/api/revoke-key',
        once(() => board.revokeKey()),
      );
    },
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function toMiddleware(handle: Handler) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response).catch(() => {
      sendJson(response, 500, { error: 'The demo’s server failed' });
    });
  };
}

/** Answers after some seconds: the page waits for it without doing anything. */
async function wait(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const seconds = Number(
    new URL(request.url ?? '/', 'http://localhost').searchParams.get('seconds'),
  );
  await sleep(Math.min(Number.isFinite(seconds) ? seconds : 0, LONGEST_WAIT_SECONDS) * 1000);
  sendJson(response, 200, {});
}

const LONGEST_WAIT_SECONDS = 30;
