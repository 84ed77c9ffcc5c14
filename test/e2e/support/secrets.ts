import { expect, type Page, type Request } from '@playwright/test';

/** What has the form of a token, wherever it turns up. */
const TOKEN = /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/;

declare global {
  interface Window {
    /** All that the element's own events and their errors say, as text. */
    toldByEvents: string[];
  }
}

/** Listens to a page for tokens where none may be. To be made before the page is opened. */
export class Secrets {
  readonly #page: Page;
  readonly #console: string[] = [];
  readonly #requests: Request[] = [];
  /** Of which all headers are known: those of a frame that goes in the middle never become so. */
  readonly #finished = new Set<Request>();

  private constructor(page: Page) {
    this.#page = page;
    page.on('console', (message) => this.#console.push(message.text()));
    page.on('request', (request) => this.#requests.push(request));
    page.on('requestfinished', (request) => this.#finished.add(request));
  }

  static async watch(page: Page): Promise<Secrets> {
    const secrets = new Secrets(page);
    await page.addInitScript(keepWhatEventsTell);
    return secrets;
  }

  /** No token in an event, an error, the console, an attribute or another origin's `Referer`. */
  async expectKept(): Promise<void> {
    const inEvents = await this.#page.evaluate(() => window.toldByEvents);
    expect(inEvents.filter(holdsToken), 'no token in events').toEqual([]);
    expect(this.#console.filter(holdsToken), 'no token in the console').toEqual([]);
    expect(await this.#attributes(), 'no token in attributes').toEqual([]);
    expect(await this.#referers(), 'no token in referers').toEqual([]);
  }

  /**
   * Attributes with a token in them, in shadow trees too. A frame has to have it in its `src`, and
   * what a page has put into `token` is its own doing.
   */
  async #attributes(): Promise<string[]> {
    const attributes = await this.#page.evaluate(() => {
      const found: string[] = [];
      const visit = (root: ParentNode): void => {
        for (const element of root.querySelectorAll('*')) {
          for (const { name, value } of element.attributes) {
            const where = `${element.localName} ${name}`;
            const isMeant = ['iframe src', 'video src', 'signed-stream token'].includes(where);
            if (!isMeant) found.push(`${where}=${value}`);
          }
          if (element.shadowRoot !== null) visit(element.shadowRoot);
        }
      };
      visit(document);
      return found;
    });
    return attributes.filter(holdsToken);
  }

  async #referers(): Promise<string[]> {
    const leaks: string[] = [];
    for (const request of this.#requests) {
      const { referer } = await this.#headersOf(request);
      if (referer === undefined || !holdsToken(referer)) continue;
      if (new URL(referer).origin !== new URL(request.url()).origin) leaks.push(request.url());
    }
    return leaks;
  }

  async #headersOf(request: Request): Promise<Record<string, string>> {
    if (!this.#finished.has(request)) return request.headers();
    return request.allHeaders().catch(() => request.headers());
  }
}

function holdsToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Runs in the page: writes down every property of the events and of the errors in them. */
function keepWhatEventsTell(): void {
  window.toldByEvents = [];
  const tell = (value: unknown, depth: number): string => {
    if (typeof value !== 'object' || value === null || depth > 4) return String(value);
    if (value instanceof Node || value instanceof Window) return '';
    const names = new Set<string>(['message', 'stack', 'cause', 'name']);
    for (const key of Object.getOwnPropertyNames(value)) names.add(key);
    return [...names]
      .map((key) => `${key}: ${tell(Reflect.get(value, key), depth + 1)}`)
      .join('\n');
  };
  const keep = (event: Event): void => {
    window.toldByEvents.push(tell(event, 0));
    const { target } = event;
    if (target instanceof HTMLElement && 'error' in target) {
      window.toldByEvents.push(tell(target.error, 0));
    }
  };
  for (const type of ['tokenchange', 'tokenerror', 'error']) {
    document.addEventListener(type, keep, true);
  }
  window.addEventListener('unhandledrejection', ({ reason }) => {
    window.toldByEvents.push(tell(reason, 0));
  });
}
