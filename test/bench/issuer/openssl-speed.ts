import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { onCores } from './contender.js';

/**
 * Signatures per second of `openssl speed rsa2048`, one process on each core: the limit. By the clock
 * with `elapsed`, else by processor time, as the command counts by itself.
 */
export async function measureOpenssl(
  durationMs: number,
  cores: readonly number[],
  isElapsed: boolean,
): Promise<number> {
  const seconds = String(Math.max(1, Math.round(durationMs / 1000)));
  const multi = cores.length > 1 ? ['-multi', String(cores.length)] : [];
  const [file, ...args] = onCores(cores, [
    'openssl',
    'speed',
    ...(isElapsed ? ['-elapsed'] : []),
    '-seconds',
    seconds,
    ...multi,
    'rsa2048',
  ]);
  const { stdout } = await promisify(execFile)(file, args);
  const perSecond = /^rsa\s+2048 bits\s+\S+\s+\S+\s+([\d.]+)/m.exec(stdout)?.[1];
  if (perSecond === undefined) throw new Error('openssl speed printed no figure');
  return Number(perSecond);
}
