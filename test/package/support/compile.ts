import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Compilation {
  readonly code: number;
  readonly output: string;
}

const TSC = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));

/** Compiles a file of a project by itself, with every declaration that it reaches checked too. */
export function compile(
  folder: string,
  fileName: string,
  source: string,
  flags: string,
): Promise<Compilation> {
  writeFileSync(join(folder, fileName), source);
  const args = [TSC, '--noEmit', '--strict', '--target', 'es2022', ...flags.split(' '), fileName];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : 0;
      resolve({ code, output: stdout + stderr });
    });
  });
}
