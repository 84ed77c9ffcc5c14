import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, createLogger } from 'vite';
import { integrityPlugin } from '../../src/package/integrity.js';
import { findBrowserOnce } from '../support/browser.js';
import type { BrowserDriver } from '../support/drivers/driver.js';
import { startDriver } from '../support/drivers/start-driver.js';
import { importsOf } from '../support/imports-of.js';
import { startTestSite, type TestSite } from '../support/test-site.js';
import { createPackedProject, type PackedProject } from './support/packed-project.js';

const FOLDER = 'dist/cdn/';
const ENTRY = 'signed-stream.js';

let project: PackedProject;
/** The scripts of the folder, by their names in it. */
let scripts: ReadonlyMap<string, string>;
beforeAll(() => {
  project = createPackedProject();
  scripts = new Map(
    project.files
      .filter((path) => path.startsWith(FOLDER) && path.endsWith('.js'))
      .map((path) => [path.slice(FOLDER.length), project.read(path)]),
  );
});
afterAll(() => {
  project.remove();
});

const readScript = (name: string): string => scripts.get(name) ?? '';
const hashOf = (code: string): string =>
  `sha384-${createHash('sha384').update(code).digest('base64')}`;

/** The scripts that one imports, by their names. */
function targetsOf(name: string, when: 'atOnce' | 'late'): string[] {
  const specifiers = importsOf(name, readScript(name))[when];
  return specifiers.map((specifier) =>
    specifier.startsWith('.') ? posix.join(posix.dirname(name), specifier) : specifier,
  );
}

/** An entry, and all that is loaded with it at once. */
function loadedWith(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const target of targetsOf(name, 'atOnce')) loadedWith(target, seen);
  return seen;
}

describe('the files for a page without a bundler', () => {
  it('import one another by relative addresses, and nothing else', () => {
    const names = [...scripts.keys()];
    expect(names).toContain(ENTRY);
    const targets = names.flatMap((name) => [
      ...targetsOf(name, 'atOnce'),
      ...targetsOf(name, 'late'),
    ]);
    // A page may ask for the entry by another address, with a query or a redirect: imported by
    // its own as well, it would run twice.
    expect(names.filter((name) => name !== ENTRY)).toEqual(
      expect.arrayContaining([...new Set(targets)]),
    );
    expect(targetsOf(ENTRY, 'late')).not.toEqual([]);
  });

  it('have lit and the element at once, and hls.js later', () => {
    const hasHls = [...scripts.keys()].filter((name) => readScript(name).includes('hlsDestroying'));
    expect(hasHls).toHaveLength(1);
    expect([...loadedWith(ENTRY)]).not.toContain(hasHls[0]);
    expect(readScript(ENTRY)).toContain('signed-stream');
    expect(readScript(ENTRY)).toContain('reactiveElementVersions');
  });

  it('are minified, made for production, and have the licenses of what is in them', () => {
    for (const [name, code] of scripts) {
      // But for styles, which are texts.
      const lines = code.replaceAll(/`[^`]*`/g, '').split('\n').length;
      expect(lines, name).toBeLessThan(code.length / 500 + 5);
      expect(code, name).not.toMatch(/process\.env|Lit is in dev mode/);
    }
    const licenses = project.read(`${FOLDER}license.md`);
    for (const name of ['@lit/reactive-element', 'hls.js'])
      expect(licenses).toContain(`## ${name}`);
  });

  it('have their hashes beside them', () => {
    const hashes: Record<string, string> = JSON.parse(project.read(`${FOLDER}integrity.json`));
    const expected = [...scripts].map(([name, code]) => [name, hashOf(code)]);
    expect(hashes).toEqual(Object.fromEntries(expected));
  });
});

describe('integrityPlugin', () => {
  it('prints the hash of what the page names, and of nothing else', async () => {
    writeFileSync(
      join(project.folder, 'page.js'),
      "export const late = () => import('./late.js');",
    );
    writeFileSync(join(project.folder, 'late.js'), "export const text = 'late';");
    const lines: string[] = [];
    const result = await build({
      configFile: false,
      root: project.folder,
      customLogger: { ...createLogger(), info: (line) => lines.push(line) },
      plugins: [integrityPlugin()],
      build: { write: false, lib: { entry: join(project.folder, 'page.js'), formats: ['es'] } },
    });
    const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
    const chunks = outputs.filter((file) => file.type === 'chunk');
    expect(chunks).toHaveLength(2);
    for (const { fileName, code, isEntry } of chunks) {
      const line = `${fileName} ${hashOf(code)}`;
      expect(lines.some((printed) => printed.includes(line))).toBe(isEntry);
    }
  });
});

describe('a page that loads the files', () => {
  let site: TestSite;
  let browser: BrowserDriver;
  beforeAll(async () => {
    site = await startTestSite(scripts);
    browser = await startDriver('chromium', await findBrowserOnce('chromium'));
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('plays, with the hash on its script', async () => {
    const page = await browser.open();
    await page.goto(site.url);
    const [video] = site.stream.videos;
    const tag = site.tag(video?.uid ?? '', { player: 'hls', muted: '', autoplay: '' });
    // The page has loaded the script without a hash before; with a query it is another one.
    const played = await page.evaluate(`new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.type = 'module';
      script.src = '/${ENTRY}?checked';
      script.integrity = '${hashOf(readScript(ENTRY))}';
      script.onerror = () => reject(new Error('The script was refused.'));
      script.onload = () => {
        document.body.innerHTML = ${JSON.stringify(tag)};
        const element = document.querySelector('signed-stream');
        element.addEventListener('playing', () => resolve(element.tokenState));
        element.addEventListener('error', ({ error }) => reject(error));
      };
      document.head.append(script);
    })`);
    expect(played).toBe('valid');
    await page.close();
  });
});
