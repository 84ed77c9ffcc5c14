import { describe, expect, it } from 'vitest';
import type { BrowserProbes } from '../../support/browser-probes.js';
import { findBrowser } from '../../support/browser.js';

const BUNDLED = '/home/me/.cache/ms-playwright/chromium/chrome';

/** A Linux machine where a browser is at `present`, and each command adds what it installs. */
class FakeMachine implements BrowserProbes {
  readonly env: Record<string, string | undefined> = {};
  platform: NodeJS.Platform = 'linux';
  isRoot = false;
  readonly present = new Map<string, 'plays' | 'no codecs'>();
  readonly installs = new Map<string, string>();
  readonly commands: string[] = [];
  readonly messages: string[] = [];

  readonly playwrightPath = (): string => BUNDLED;
  readonly locate = (executable: string): string | undefined =>
    [executable, `/usr/bin/${executable}`].find((path) => this.present.has(path));
  readonly plays = async (path: string): Promise<boolean> => this.present.get(path) === 'plays';
  readonly run = async (command: readonly string[]): Promise<boolean> => {
    const line = command.join(' ');
    this.commands.push(line);
    const installed = this.installs.get(line);
    if (installed !== undefined) this.present.set(installed, 'plays');
    return installed !== undefined;
  };
  readonly log = (message: string): void => {
    this.messages.push(message);
  };
}

describe('findBrowser', () => {
  it('takes the browser that the environment names before all others', async () => {
    const machine = new FakeMachine();
    machine.env['CHROME_PATH'] = '/opt/mine/chrome';
    for (const path of ['/opt/mine/chrome', BUNDLED, '/usr/bin/chromium']) {
      machine.present.set(path, 'plays');
    }
    expect(await findBrowser('chromium', machine)).toBe('/opt/mine/chrome');
  });

  it("takes Playwright's own before the system's", async () => {
    const machine = new FakeMachine();
    machine.present.set(BUNDLED, 'plays').set('/usr/bin/chromium', 'plays');
    expect(await findBrowser('chromium', machine)).toBe(BUNDLED);
  });

  it("finds the system's on the PATH and installs nothing", async () => {
    const machine = new FakeMachine();
    machine.present.set('/usr/bin/google-chrome-stable', 'plays');
    expect(await findBrowser('chromium', machine)).toBe('/usr/bin/google-chrome-stable');
    expect(machine.commands).toEqual([]);
  });

  it('passes over a browser that cannot play H.264 and AAC, and says so', async () => {
    const machine = new FakeMachine();
    machine.present.set(BUNDLED, 'no codecs').set('/usr/bin/chromium', 'plays');
    expect(await findBrowser('chromium', machine)).toBe('/usr/bin/chromium');
    expect(machine.messages.join()).toContain(BUNDLED);
  });

  it.each([
    { platform: 'darwin', path: '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' },
    { platform: 'win32', path: 'C:\\Programs\\Google\\Chrome\\Application\\chrome.exe' },
  ] as const)('looks where browsers are installed on $platform', async ({ platform, path }) => {
    const machine = new FakeMachine();
    machine.platform = platform;
    machine.env['PROGRAMFILES'] = 'C:\\Programs';
    machine.present.set(path, 'plays');
    expect(await findBrowser('chromium', machine)).toBe(path);
  });

  it('knows where Linux distributions put Firefox and WebKit', async () => {
    const machine = new FakeMachine();
    const miniBrowser = '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
    machine.present.set('/usr/bin/firefox-esr', 'plays').set(miniBrowser, 'plays');
    expect(await findBrowser('firefox', machine)).toBe('/usr/bin/firefox-esr');
    expect(await findBrowser('webkit', machine)).toBe(miniBrowser);
  });

  it('installs all that WebKit needs to be driven and to play', async () => {
    const machine = new FakeMachine();
    const miniBrowser = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
    machine.isRoot = true;
    machine.present.set('/usr/bin/apt-get', 'no codecs');
    machine.installs.set(
      'apt-get install -y --no-install-recommends webkit2gtk-driver xvfb ' +
        'gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-libav',
      miniBrowser,
    );
    expect(await findBrowser('webkit', machine)).toBe(miniBrowser);
  });

  it("installs Playwright's own where there is none", async () => {
    const machine = new FakeMachine();
    machine.installs.set('npx playwright install --no-shell chromium', BUNDLED);
    expect(await findBrowser('chromium', machine)).toBe(BUNDLED);
  });

  it('installs the missing system libraries too when it may', async () => {
    const machine = new FakeMachine();
    machine.isRoot = true;
    machine.present.set(BUNDLED, 'no codecs');
    machine.installs.set('npx playwright install-deps chromium', BUNDLED);
    expect(await findBrowser('chromium', machine)).toBe(BUNDLED);
  });

  it("installs Debian's package as root when Playwright's cannot be had", async () => {
    const machine = new FakeMachine();
    machine.isRoot = true;
    machine.present.set('/usr/bin/apt-get', 'no codecs');
    machine.installs.set(
      'apt-get install -y --no-install-recommends chromium',
      '/usr/bin/chromium',
    );
    expect(await findBrowser('chromium', machine)).toBe('/usr/bin/chromium');
    expect(machine.commands).toEqual([
      'npx playwright install --no-shell chromium',
      'apt-get update',
      'apt-get install -y --no-install-recommends chromium',
    ]);
  });

  it('leaves the system alone when not root, and says what to do', async () => {
    const machine = new FakeMachine();
    machine.present.set('/usr/bin/apt-get', 'no codecs');
    await expect(findBrowser('chromium', machine)).rejects.toThrow('CHROMIUM_PATH');
    expect(machine.commands).toEqual(['npx playwright install --no-shell chromium']);
  });
});
