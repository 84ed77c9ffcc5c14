import { fork } from 'node:child_process';
import { buildProcess } from './build-process.js';

/** What a process holds, in bytes. */
export interface MemorySample {
  readonly heapBytes: number;
  readonly rssBytes: number;
}

/** Memory after each tenth of so many tokens, in a process that does nothing else. */
export async function measureMemory(tokens: number): Promise<readonly MemorySample[]> {
  const script = await buildProcess('memory-process');
  const child = fork(script, [String(tokens)], { execArgv: ['--expose-gc'] });
  const samples: MemorySample[] = [];
  child.on('message', (sample: MemorySample) => void samples.push(sample));
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The process ended with ${code}`));
    });
  });
  return samples;
}
