import { cpus } from 'node:os';
import { buildProcess } from './issuer/build-process.js';
import {
  startContender,
  canPin,
  moveTo,
  type Rate,
  type RunningContender,
} from './issuer/contender.js';
import { sendLoad } from './issuer/load.js';
import { measureMemory, type MemorySample } from './issuer/measure-memory.js';
import { measureOpenssl } from './issuer/openssl-speed.js';
import { median } from './support/median.js';
import { readCheck, report } from './support/report.js';

/**
 * How many tokens can be handed out, next to what bounds it (`openssl speed`) and to what people use
 * instead. All is judged by the clock, everyone on the same cores; processor time is shown beside it,
 * and tells how much of a figure is somebody else's doing. Every round measures everyone, one after the
 * other; figures are medians of rounds, and ratios are medians of the ratios within a round, so that
 * what else the machine does falls on all.
 *
 *     npm run bench:issuer -- --check --rounds=9 --tokens=1000000
 */
const ONE = [0] as const;
const TWO = [0, 1] as const;
/** Whoever asks the handler does so from another core than the one that answers. */
const ASKING = [1] as const;
const SLOT_MS = 1_000;
/** Tokens or requests under way at once: a busy server's, enough that no thread waits for work. */
const IN_FLIGHT = 32;
const WARM_UP_REQUESTS = 30_000;

const rounds = readNumber('rounds', 9);
const tokens = readNumber('tokens', 1_000_000);

/** One round's figures; `perCpuSecond` of openssl is what it says of itself. */
interface Round {
  readonly [name: string]: Rate;
}

moveTo(ASKING);
const script = await buildProcess('contender-process');
const contenders = {
  ours1: await startContender(script, 'signed-stream', ONE),
  bare1: await startContender(script, 'web-crypto', ONE),
  vendor1: await startContender(script, 'vendor', ONE),
  jwt1: await startContender(script, 'jsonwebtoken', ONE),
  handler1: await startContender(script, 'handler', ONE),
  ours2: await startContender(script, 'signed-stream', TWO),
  bare2: await startContender(script, 'web-crypto', TWO),
  vendor2: await startContender(script, 'vendor', TWO),
  jwt2: await startContender(script, 'jsonwebtoken', TWO),
};
const port = await contenders.handler1.listen();
await warmUp();

const figures: Round[] = [];
for (let round = 0; round < rounds; round += 1) figures.push(await measureRound());
for (const contender of Object.values(contenders)) contender.stop();
const memory = tokens > 0 ? await measureMemory(tokens) : [];

const row = (name: string, cores: number, key: string): Record<string, string | number> => ({
  what: name,
  cores,
  'per second': median(figures.map((figure) => figure[key]?.perSecond ?? 0)),
  'per second of processor time': median(figures.map((figure) => figure[key]?.perCpuSecond ?? 0)),
});
const ratio = (key: string, base: string): number =>
  median(figures.map((figure) => (figure[key]?.perSecond ?? 0) / (figure[base]?.perSecond ?? 1)));
/** How much more is held at most in the second half than in the first; garbage makes single samples jump. */
const growth = (unit: keyof MemorySample): number => {
  const [first, second] = [memory.slice(0, memory.length / 2), memory.slice(memory.length / 2)];
  const most = (samples: readonly MemorySample[]): number =>
    Math.max(0, ...samples.map((sample) => sample[unit]));
  return (most(second) - most(first)) / 1_000_000;
};

report({
  name: 'issuer',
  title:
    `Tokens, medians of ${rounds} rounds on ${cpus().length} cores` +
    (canPin() ? '' : ', not bound to cores: there is no taskset'),
  rows: [
    row('openssl speed rsa2048', 1, 'openssl1'),
    row('Web Crypto of this Node, alone', 1, 'bare1'),
    row('signed-stream/issuer', 1, 'ours1'),
    row('handler in node:http', 1, 'handler1'),
    row('jsonwebtoken, key read once', 1, 'jwt1'),
    row('script of the vendor, as printed', 1, 'vendor1'),
    row('openssl speed rsa2048', 2, 'openssl2'),
    row('Web Crypto of this Node, alone', 2, 'bare2'),
    row('signed-stream/issuer', 2, 'ours2'),
    row('jsonwebtoken, key read once', 2, 'jwt2'),
    row('script of the vendor, as printed', 2, 'vendor2'),
  ],
  goals: [
    {
      goal: 'share of openssl speed, one core',
      value: ratio('ours1', 'openssl1'),
      atLeast: 0.9,
    },
    {
      goal: 'share of openssl speed, two cores',
      value: ratio('ours2', 'openssl2'),
      atLeast: 0.9,
    },
    { goal: 'share of Web Crypto alone, one core', value: ratio('ours1', 'bare1'), atLeast: 0.9 },
    { goal: 'share of Web Crypto alone, two cores', value: ratio('ours2', 'bare2'), atLeast: 0.9 },
    {
      goal: 'share of openssl speed that Web Crypto alone reaches, one core',
      value: ratio('bare1', 'openssl1'),
    },
    {
      goal: 'share of openssl speed that Web Crypto alone reaches, two cores',
      value: ratio('bare2', 'openssl2'),
    },
    {
      goal: 'handler over loopback, share of bare signing, one core',
      value: ratio('handler1', 'ours1'),
      atLeast: 0.8,
    },
    {
      goal: 'times as fast as the script of the vendor, one core',
      value: ratio('ours1', 'vendor1'),
      atLeast: 1,
    },
    {
      goal: 'times as fast as the script of the vendor, two cores',
      value: ratio('ours2', 'vendor2'),
      atLeast: 1,
    },
    { goal: 'times as fast as jsonwebtoken, one core', value: ratio('ours1', 'jwt1') },
    { goal: 'times as fast as jsonwebtoken, two cores', value: ratio('ours2', 'jwt2') },
    ...(tokens > 0
      ? [
          {
            goal: `MB of heap more in the second half of ${tokens} tokens than in the first`,
            value: growth('heapBytes'),
            atMost: 1,
          },
          {
            goal: `MB of resident memory more in the second half of ${tokens} tokens`,
            value: growth('rssBytes'),
            atMost: 8,
          },
        ]
      : []),
  ],
  check: readCheck(),
});

async function measureRound(): Promise<Round> {
  const sign = (contender: RunningContender): Promise<Rate> =>
    contender.measure(SLOT_MS, IN_FLIGHT);
  return {
    openssl1: {
      perSecond: await measureOpenssl(SLOT_MS, ONE, true),
      perCpuSecond: await measureOpenssl(SLOT_MS, ONE, false),
    },
    ours1: await sign(contenders.ours1),
    handler1: await contenders.handler1.watch(() => sendLoad(port, SLOT_MS, IN_FLIGHT)),
    bare1: await sign(contenders.bare1),
    vendor1: await sign(contenders.vendor1),
    jwt1: await sign(contenders.jwt1),
    openssl2: {
      perSecond: await measureOpenssl(SLOT_MS, TWO, true),
      perCpuSecond: (await measureOpenssl(SLOT_MS, TWO, false)) / TWO.length,
    },
    ours2: await sign(contenders.ours2),
    bare2: await sign(contenders.bare2),
    vendor2: await sign(contenders.vendor2),
    jwt2: await sign(contenders.jwt2),
  };
}

/** Until the runtime has compiled what runs often: a server runs for longer than a round. */
async function warmUp(): Promise<void> {
  for (let sent = 0; sent < WARM_UP_REQUESTS;) {
    sent += await sendLoad(port, SLOT_MS, IN_FLIGHT);
  }
  const { handler1, ...signers } = contenders;
  await handler1.settle();
  await sendLoad(port, 2 * SLOT_MS, IN_FLIGHT);
  for (const contender of Object.values(signers)) {
    await contender.measure(2 * SLOT_MS, IN_FLIGHT);
  }
}

function readNumber(name: string, fallback: number): number {
  const argument = process.argv.find((text) => text.startsWith(`--${name}=`));
  return argument === undefined ? fallback : Number(argument.slice(name.length + 3));
}
