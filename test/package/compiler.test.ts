import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const IN_A_PAGE = 'export const title = document.title;';
const IN_NODE = 'export const title = process.title;';
const EVERYWHERE = 'export const load = (url: URL) => fetch(url, { signal: AbortSignal.abort() });';

const CASES = [
  { folder: 'src/token', project: 'src/token', page: false, node: false },
  { folder: 'src/delivery', project: 'src/delivery', page: false, node: false },
  { folder: 'src/issuer', project: 'src/issuer', page: false, node: false },
  { folder: 'src/cli', project: 'src/cli', page: false, node: true },
  { folder: 'src/engine', project: 'src', page: true, node: false },
  { folder: 'src/element', project: 'src', page: true, node: false },
  { folder: 'test/browser', project: 'test/browser', page: true, node: false },
];

/** Whether a project with the real configuration compiles this code in this folder. */
async function compiles(folder: string, project: string, source: string): Promise<boolean> {
  const copy = mkdtempSync(join(tmpdir(), 'signed-stream-compiler-'));
  try {
    for (const path of new Set(['.', 'src', project])) {
      mkdirSync(join(copy, path), { recursive: true });
      cpSync(join(ROOT, path, 'tsconfig.json'), join(copy, path, 'tsconfig.json'));
    }
    mkdirSync(join(copy, folder), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
    writeFileSync(join(copy, folder, 'case.ts'), source);
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    return await new Promise((resolve) => {
      execFile(process.execPath, [tsc, '--noEmit', '-p', project], { cwd: copy }, (error) =>
        resolve(error === null),
      );
    });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

describe('what a folder may take for given', () => {
  it.each(CASES)('$folder: page $page, Node $node', async ({ folder, project, page, node }) => {
    const [inPage, inNode, anywhere] = await Promise.all(
      [IN_A_PAGE, IN_NODE, EVERYWHERE].map((source) => compiles(folder, project, source)),
    );
    expect({ inPage, inNode, anywhere }).toEqual({ inPage: page, inNode: node, anywhere: true });
  });
});
