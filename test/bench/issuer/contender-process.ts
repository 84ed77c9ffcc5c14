import { createServer } from 'node:http';
import { createTokenHandler, toNodeHandler } from '../../../src/issuer/index.js';
import { CONTENDERS, createSigner } from './contenders.js';

/** What the benchmark asks of a contender's process, and what it answers. */
export type Question =
  | { readonly type: 'sign'; readonly durationMs: number; readonly inFlight: number }
  | { readonly type: 'listen' }
  | { readonly type: 'settle' }
  | { readonly type: 'cpu' };
/** A count, a port, or the seconds of processor time used so far. */
export type Answer = number;

const contender = CONTENDERS.find((name) => name === process.argv[2]);
if (contender === undefined) throw new Error('No such contender');
const sign = createSigner(contender);
const sample = await sign();
/** While it warms up, the handler signs nothing: its own code is what has to become fast. */
let isWarmingUp = true;

process.on('message', (question: Question) => {
  void answer(question).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

function answer(question: Question): Promise<Answer> {
  switch (question.type) {
    case 'sign':
      return signFor(question.durationMs, question.inFlight);
    case 'listen':
      return listen();
    case 'settle':
      isWarmingUp = false;
      return Promise.resolve(0);
    case 'cpu': {
      const { user, system } = process.cpuUsage();
      return Promise.resolve((user + system) / 1_000_000);
    }
  }
}

async function signFor(durationMs: number, inFlight: number): Promise<number> {
  const endMs = performance.now() + durationMs;
  let count = 0;
  const loop = async (): Promise<void> => {
    while (performance.now() < endMs) {
      await sign();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, loop));
  return count;
}

function listen(): Promise<number> {
  const handler = createTokenHandler({
    issuer: { issue: async () => (isWarmingUp ? sample : sign()) },
    authorize: (request) => request.headers.get('Cookie') === 'member=1',
  });
  const server = createServer(toNodeHandler(handler));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
    });
  });
}
