import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Breach {
  readonly why: string;
  readonly rule: string;
  readonly folder: string;
  readonly source: string;
}

const direction = (folder: string, source: string): Breach => ({
  why: `${folder}: ${source}`,
  rule: 'house(import-direction)',
  folder,
  source,
});

const ambient = (source: string): Breach => ({
  why: `src/token: ${source}`,
  rule: 'house(no-ambient)',
  folder: 'src/token',
  source,
});

const BREACHES: readonly Breach[] = [
  direction('src/token', "import { good } from '../engine/good.js';"),
  direction('src/token', "import type { Good } from '../engine/good.js';"),
  direction('src/token', "export * from '../engine/good.js';"),
  direction('src/token', "export const late = () => import('../engine/good.js');"),
  direction('src/token', "export type Late = import('../engine/good.js').Good;"),
  direction('src/token', "import { good } from '../delivery/good.js';"),
  direction('src/delivery', "import { good } from '../token/good.js';"),
  direction('src/engine', "import { good } from '../token/good.js';"),
  direction('src/engine/hls', "import { good } from '../../element/good.js';"),
  direction('src/element', "import { good } from '../issuer/good.js';"),
  direction('src/issuer', "import { good } from '../token/good.js';"),
  direction('src/issuer', "import { SignedStreamError } from '../errors.js';"),
  direction('src/cli', "import { good } from '../element/good.js';"),
  direction('src/element', "import { good } from '../../demo/good.js';"),
  direction('src/element', "import { good } from '../../test/good.js';"),
  direction('src/element', "import { parseCIDR } from 'ipaddr.js';"),
  direction('src/issuer', "import { jwtVerify } from 'jose';"),
  direction('src/element', "import Hls from 'hls.js';"),
  direction('src/element', "import Hls from 'hls.js/light';"),
  direction('src/engine', "import { css } from '@lit/reactive-element/css-tag.js';"),
  direction('src/issuer', "import { readFile } from 'node:fs';"),
  direction('src/package', "import { good } from '../engine/good.js';"),
  direction('src/element', "import { good } from '../package/good.js';"),
  direction('src/novel', "import { SignedStreamError } from '../errors.js';"),
  ambient('export const at = Date.now();'),
  ambient('export const at = new Date();'),
  ambient('export const read = Date.now;'),
  ambient('export const at = new globalThis.Date();'),
  ambient('export const at = performance.now();'),
  ambient('setTimeout(() => {}, 1);'),
  ambient('globalThis.setInterval(() => {}, 1);'),
  ambient("void fetch('/');"),
  ambient('export const wait = { fetch };'),
  ambient('export const dice = Math.random();'),
  ambient('export const key = crypto.randomUUID();'),
  ambient('export const signal = AbortSignal.timeout(1);'),
  { ...ambient('export const at = Date.now();'), folder: 'src/delivery', why: 'src/delivery' },
  {
    why: 'a cycle of value imports',
    rule: 'import(no-cycle)',
    folder: 'src/element',
    source: "import { back } from './cycle-by-value.js'; export const forth = () => back;",
  },
  {
    why: 'a cycle of type imports',
    rule: 'import(no-cycle)',
    folder: 'src/element',
    source: "import type { Back } from './cycle-by-type.js'; export type Forth = Back | 1;",
  },
  {
    why: 'a global that is easily meant as a variable',
    rule: 'eslint(no-restricted-globals)',
    folder: 'src/element',
    source: 'export const answer = status;',
  },
  {
    why: 'output in src',
    rule: 'eslint(no-console)',
    folder: 'src/element',
    source: "console.log('here');",
  },
  {
    why: 'any',
    rule: 'typescript(no-explicit-any)',
    folder: 'src/element',
    source: 'export function take(value: any): void { void value; }',
  },
  {
    why: 'a cast that narrows',
    rule: 'typescript(no-unsafe-type-assertion)',
    folder: 'src/element',
    source: 'export const take = (value: unknown): string => value as string;',
  },
  {
    why: 'a promise nobody waits for',
    rule: 'typescript(no-floating-promises)',
    folder: 'src/element',
    source: 'Promise.resolve(1);',
  },
  {
    why: 'a promise where none is expected',
    rule: 'typescript(no-misused-promises)',
    folder: 'src/element',
    source: 'export const pick = (list: number[]) => list.find(async (n) => n > 1);',
  },
  {
    why: 'a type imported as a value',
    rule: 'typescript(consistent-type-imports)',
    folder: 'src/element',
    source: "import { Good } from './good.js'; export const good: Good = 1;",
  },
  {
    why: 'a note of work undone',
    rule: 'eslint(no-warning-comments)',
    folder: 'src/element',
    source: ['// TO', 'DO: later'].join(''),
  },
  ...['it.only', 'it.skip', 'describe.only', 'test.describe.skip', 'test.fixme'].map((call) => ({
    why: call,
    rule: 'house(no-only-or-skip)',
    folder: 'test/unit',
    source: `${call}('something', () => {});`,
  })),
];

/** What the rules must leave alone. */
const ALLOWED = {
  'src/errors.ts': 'export class SignedStreamError extends Error {}',
  'src/token/good.ts': `
    import { SignedStreamError } from '../errors.js';
    export interface Timers { fetch: typeof fetch; setTimeout: typeof setTimeout; now: () => number }
    export function good({ fetch, setTimeout, now }: Timers, at: unknown): number {
      if (!(at instanceof Date)) throw new SignedStreamError();
      setTimeout(() => void fetch('/'), 1);
      return now() + Date.parse('2026-01-01') + new Date(5).getTime() + Math.floor(1.5);
    }`,
  'src/delivery/good.ts':
    "export const good = 1; export type { SignedStreamError } from '../errors.js';",
  'src/engine/good.ts': `
    import type { good as url } from '../delivery/good.js';
    export const good = () => import('./hls/good.js');
    export type Good = typeof url;`,
  'src/engine/hls/good.ts': "import Hls from 'hls.js'; export const good = new Hls();",
  'src/element/good.ts': `
    import { css } from '@lit/reactive-element/css-tag.js';
    import { good as token } from '../token/good.js';
    import { good as engine } from '../engine/good.js';
    export type Good = 1;
    export const good = [css, token, engine, Date.now(), Math.random()];`,
  'src/index.ts': "export { good } from './element/good.js';",
  'src/issuer/good.ts': "import { parseCIDR } from 'ipaddr.js'; export const good = parseCIDR;",
  'src/cli/good.ts': `
    import { readFile } from 'node:fs/promises';
    import { good as issuer } from '../issuer/good.js';
    export const good = [readFile, issuer];`,
  'demo/good.ts':
    "import { good as element } from '../src/element/good.js'; export const good = element;",
  'test/good.ts':
    "import { good as element } from '../src/element/good.js'; export const good = element;",
};

interface Finding {
  readonly code: string;
  readonly filename: string;
}

function breachPath({ folder }: Breach, index: number): string {
  return `${folder}/breach-${index}.ts`;
}

/** A project with the real configuration, in which each breach stands in a file of its own. */
function writeProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'signed-stream-lint-'));
  const write = (path: string, source: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${source}\n`);
  };
  for (const path of ['.oxlintrc.json', 'tsconfig.json', 'test/support/lint']) {
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [path, source] of Object.entries(ALLOWED)) write(path, source);
  for (const [index, breach] of BREACHES.entries()) {
    write(breachPath(breach, index), breach.source);
    const cycle = /cycle-by-\w+/.exec(breach.source)?.[0];
    if (cycle === undefined) continue;
    const own = `./breach-${index}.js`;
    write(
      `${breach.folder}/${cycle}.ts`,
      cycle === 'cycle-by-type'
        ? `import type { Forth } from '${own}'; export type Back = Forth | 2;`
        : `import { forth } from '${own}'; export const back = () => forth;`,
    );
  }
  return folder;
}

async function lint(folder: string): Promise<Finding[]> {
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [
        oxlint,
        '--type-aware',
        '--deny-warnings',
        '--format=json',
        '--ignore-pattern',
        'node_modules',
      ],
      { cwd: folder, maxBuffer: 2 ** 26 },
      (_error, stdout) => resolve(stdout),
    );
  });
  const { diagnostics }: { diagnostics: Finding[] } = JSON.parse(output);
  return diagnostics.map(({ code, filename }) => ({
    code,
    filename: filename.replaceAll('\\', '/'),
  }));
}

describe('lint rules', () => {
  let folder: string;
  let findings: readonly Finding[];

  beforeAll(async () => {
    folder = writeProject();
    findings = await lint(folder);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(BREACHES.map((breach, index) => ({ ...breach, path: breachPath(breach, index) })))(
    '$rule finds $why',
    ({ rule, path }) => {
      const codes = findings.filter(({ filename }) => filename === path).map(({ code }) => code);
      expect(codes).toContain(rule);
    },
  );

  it.each(Object.keys(ALLOWED))('finds nothing in %s', (path) => {
    expect(findings.filter(({ filename }) => filename === path)).toEqual([]);
  });
});
