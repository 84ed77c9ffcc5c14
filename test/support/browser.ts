import { systemProbes, type BrowserProbes } from './browser-probes.js';
import type { BrowserName } from './drivers/start-driver.js';

export { CHROMIUM_FLAGS } from './drivers/playwright-driver.js';
export type { BrowserName } from './drivers/start-driver.js';

interface BrowserKind {
  readonly label: string;
  /** Environment variables that may name the executable, the first one set wins. */
  readonly variables: readonly string[];
  /** Where installers put it, per platform; a bare name is looked up on the PATH. */
  readonly places: (probes: BrowserProbes) => readonly string[];
  readonly debianPackages: readonly string[];
}

const BROWSERS = {
  chromium: {
    label: 'Chromium',
    variables: ['CHROMIUM_PATH', 'CHROME_PATH', 'PUPPETEER_EXECUTABLE_PATH'],
    places: ({ platform, env }) => {
      if (platform === 'darwin') {
        return ['/Applications', `${env['HOME'] ?? ''}/Applications`].flatMap((folder) =>
          ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
            (name) => `${folder}/${name}.app/Contents/MacOS/${name}`,
          ),
        );
      }
      if (platform === 'win32') {
        return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
          const folder = env[name];
          if (folder === undefined) return [];
          return [
            'Google\\Chrome\\Application\\chrome.exe',
            'Microsoft\\Edge\\Application\\msedge.exe',
          ].map((path) => `${folder}\\${path}`);
        });
      }
      return ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
    },
    debianPackages: ['chromium'],
  },
  firefox: {
    label: 'Firefox',
    variables: ['FIREFOX_PATH'],
    places: ({ platform, env }) => {
      if (platform === 'darwin') return ['/Applications/Firefox.app/Contents/MacOS/firefox'];
      if (platform === 'win32') {
        return [`${env['PROGRAMFILES'] ?? ''}\\Mozilla Firefox\\firefox.exe`];
      }
      return ['firefox-esr', 'firefox'];
    },
    // It decodes H.264 and AAC with FFmpeg's library, whose own package has a number in its name.
    debianPackages: ['firefox-esr', 'ffmpeg'],
  },
  webkit: {
    label: 'WebKit',
    variables: ['WEBKIT_PATH'],
    places: ({ platform }) => {
      if (platform !== 'linux') return [];
      const folders = ['lib/x86_64-linux-gnu', 'lib/aarch64-linux-gnu', 'libexec', 'lib', 'lib64'];
      return folders.map((folder) => `/usr/${folder}/webkit2gtk-4.1/MiniBrowser`);
    },
    debianPackages: [
      'webkit2gtk-driver',
      'xvfb',
      'gstreamer1.0-plugins-good',
      'gstreamer1.0-plugins-bad',
      'gstreamer1.0-libav',
    ],
  },
} satisfies Record<BrowserName, BrowserKind>;

export function isBrowserName(name: string): name is BrowserName {
  return Object.hasOwn(BROWSERS, name);
}

/**
 * The executable of a browser that plays H.264 and AAC: one the environment names, Playwright's
 * own, the system's, or one installed for the purpose. Builds without those codecs exist, so each
 * candidate is started and asked.
 */
export async function findBrowser(
  name: BrowserName,
  probes: BrowserProbes = systemProbes(name),
): Promise<string> {
  const kind: BrowserKind = BROWSERS[name];
  const tried = new Set<string>();

  const firstPlayable = async (candidates: readonly (string | undefined)[]) => {
    for (const candidate of candidates) {
      const path = candidate === undefined ? undefined : probes.locate(candidate);
      if (path === undefined || tried.has(path)) continue;
      tried.add(path);
      if (await probes.plays(path)) return path;
      probes.log(`${path} is passed over: it does not start, or does not play H.264 and AAC.`);
    }
    return undefined;
  };

  const named = kind.variables.map((variable) => probes.env[variable]).find(Boolean);
  const bundled = probes.playwrightPath();
  const found = await firstPlayable([named, bundled, ...kind.places(probes)]);
  if (found !== undefined) return found;

  for (const install of installations(name, kind, probes)) {
    probes.log(`No ${kind.label} found: ${install.join(' ')}`);
    const succeeded = await probes.run(install);
    if (!succeeded) continue;
    // What was there before may start now that its system libraries are installed.
    tried.clear();
    const installed = await firstPlayable([bundled, ...kind.places(probes)]);
    if (installed !== undefined) return installed;
  }
  throw new Error(toAdvice(name, kind));
}

/** As `findBrowser`, but searches once per run: processes started from this one take over its answer. */
export async function findBrowserOnce(name: BrowserName): Promise<string> {
  const variable = `FOUND_${name.toUpperCase()}`;
  const path = process.env[variable] ?? (await findBrowser(name));
  process.env[variable] = path;
  return path;
}

type Command = readonly [file: string, ...args: string[]];

function* installations(
  name: BrowserName,
  kind: BrowserKind,
  { platform, isRoot, locate, playwrightPath }: BrowserProbes,
): Generator<Command> {
  yield ['npx', 'playwright', 'install', '--no-shell', name];
  if (platform !== 'linux' || !isRoot) return;
  if (locate(playwrightPath()) !== undefined) yield ['npx', 'playwright', 'install-deps', name];
  if (locate('apt-get') === undefined) return;
  yield ['apt-get', 'update'];
  yield ['apt-get', 'install', '-y', '--no-install-recommends', ...kind.debianPackages];
}

function toAdvice(name: BrowserName, kind: BrowserKind): string {
  return [
    `No ${kind.label} that plays H.264 and AAC was found, and none could be installed.`,
    `Install one (npx playwright install --with-deps ${name}, or your system's package),`,
    `or set ${kind.variables[0] ?? ''} to the executable of one.`,
  ].join('\n');
}
