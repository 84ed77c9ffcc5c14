import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, type Rolldown } from 'vite';
import { createPackedProject, type PackedProject } from './support/packed-project.js';

/** Globals of a page. The issuer runs where there is none. */
const DOM = /\b(?:document|window|HTMLElement|customElements|localStorage|MutationObserver)\b/g;

let project: PackedProject;
beforeAll(() => {
  project = createPackedProject();
});
afterAll(() => {
  project.remove();
});

interface Bundle {
  readonly packages: readonly string[];
  readonly code: string;
}

/** What a project gets that imports one entry, with everything that is loaded at once or later. */
async function bundle(specifier: string): Promise<Bundle> {
  const entry = join(project.folder, 'entry.js');
  writeFileSync(entry, `export * from '${specifier}';\n`);
  const result = await build({
    configFile: false,
    root: project.folder,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      lib: { entry, formats: ['es'], fileName: 'out' },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const chunks = outputs.flatMap((output) =>
    'output' in output
      ? output.output.filter((file): file is Rolldown.OutputChunk => file.type === 'chunk')
      : [],
  );
  const packages = chunks
    .flatMap(({ moduleIds }) => moduleIds)
    .flatMap(
      (id) =>
        id
          .split('node_modules/')
          .at(-1)
          ?.match(/^(?:@[^/]+\/)?[^/]+/)?.[0] ?? [],
    );
  return { packages: [...new Set(packages)], code: chunks.map(({ code }) => code).join('\n') };
}

describe('a project that imports the packed package', () => {
  it('gets nothing of the issuer with the element', async () => {
    const { packages, code } = await bundle('signed-stream');
    expect(packages).toContain('@lit/reactive-element');
    expect(packages).toContain('hls.js');
    expect(packages).not.toContain('jose');
    expect(packages).not.toContain('ipaddr.js');
    expect(packages).not.toContain('commander');
    expect(code).not.toContain('RSASSA-PKCS1-v1_5');
  });

  it('gets no lit, no hls.js and nothing of a page with the issuer', async () => {
    const { packages, code } = await bundle('signed-stream/issuer');
    const ours = ['signed-stream', 'ipaddr.js'];
    expect(packages.filter((name) => !ours.includes(name) && !name.startsWith('\0'))).toEqual([]);
    expect(code).toContain('RSASSA-PKCS1-v1_5');
    expect(code).not.toMatch(/node:/);
    expect(code.match(DOM) ?? []).toEqual([]);
  });
});
