import { spawn, spawnSync } from 'node:child_process';
import type { Answer, Question } from './contender-process.js';
import type { Contender } from './contenders.js';

/** What was done in a stretch of time, by the clock and by the processor time it took. */
export interface Rate {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

/** A contender in a process of its own, kept for all rounds: what is warm stays warm. */
export interface RunningContender {
  /** Tokens, with so many under way at once. */
  measure(durationMs: number, inFlight: number): Promise<Rate>;
  /** Whatever is done to it by `work`, which tells how often it was done. */
  watch(work: () => Promise<number>): Promise<Rate>;
  /** Serves the handler, and tells the port. Its tokens are all the same until it is settled. */
  listen(): Promise<number>;
  settle(): Promise<void>;
  stop(): void;
}

/** Starts a contender from its built `contender-process`; `cores` are the numbers of those it may use, where that can be told. */
export async function startContender(
  script: string,
  contender: Contender,
  cores: readonly number[],
): Promise<RunningContender> {
  const [file, ...args] = onCores(cores, [process.execPath, script, contender]);
  const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const next = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const fail = (): void => reject(new Error(`${contender} ended`));
      child.once('exit', fail);
      child.once('message', (message) => {
        child.off('exit', fail);
        resolve(message);
      });
    });
  const ask = async (question: Question): Promise<Answer> => {
    const answered = next();
    child.send(question);
    return Number(await answered);
  };
  const watch = async (work: () => Promise<number>): Promise<Rate> => {
    const startCpu = await ask({ type: 'cpu' });
    const startMs = performance.now();
    const count = await work();
    const seconds = (performance.now() - startMs) / 1000;
    const cpuSeconds = (await ask({ type: 'cpu' })) - startCpu;
    return { perSecond: count / seconds, perCpuSecond: count / cpuSeconds };
  };
  await next();
  return {
    watch,
    measure: (durationMs, inFlight) => watch(() => ask({ type: 'sign', durationMs, inFlight })),
    listen: () => ask({ type: 'listen' }),
    async settle() {
      await ask({ type: 'settle' });
    },
    stop() {
      child.kill();
    },
  };
}

/** A command that runs on some cores only; as it is where the machine has no `taskset`. */
export function onCores(
  cores: readonly number[],
  command: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  return canPin() ? ['taskset', '-c', cores.join(','), ...command] : command;
}

/** Moves this process to some cores, where that can be done. What it starts says its own. */
export function moveTo(cores: readonly number[]): void {
  if (!canPin()) return;
  spawnSync('taskset', ['-a', '-p', '-c', cores.join(','), String(process.pid)]);
}

let hasTaskset: boolean | undefined;

export function canPin(): boolean {
  hasTaskset ??= spawnSync('taskset', ['--version']).status === 0;
  return hasTaskset;
}
