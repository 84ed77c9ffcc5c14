/** One session of a WebDriver server, by the commands that are needed here. */
export class WebDriverSession {
  readonly #server: string;
  readonly #id: string;

  private constructor(server: string, id: string) {
    this.#server = server;
    this.#id = id;
  }

  static async start(
    server: string,
    capabilities: Readonly<Record<string, unknown>>,
  ): Promise<WebDriverSession> {
    const value = await ask(server, 'POST', '/session', {
      capabilities: { alwaysMatch: capabilities },
    });
    const isSession = typeof value === 'object' && value !== null && 'sessionId' in value;
    if (!isSession) throw new Error('The WebDriver server started no session.');
    return new WebDriverSession(server, String(value.sessionId));
  }

  async goto(url: string): Promise<void> {
    await this.#ask('POST', '/url', { url });
  }

  async url(): Promise<string> {
    return String(await this.#ask('GET', '/url'));
  }

  evaluate(expression: string): Promise<unknown> {
    return this.#ask('POST', '/execute/sync', { script: `return (${expression})`, args: [] });
  }

  async click(x: number, y: number): Promise<void> {
    const actions = [
      { type: 'pointerMove', duration: 0, origin: 'viewport', x: Math.round(x), y: Math.round(y) },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    const parameters = { pointerType: 'mouse' };
    await this.#ask('POST', '/actions', {
      actions: [{ type: 'pointer', id: 'mouse', parameters, actions }],
    });
  }

  async end(): Promise<void> {
    await this.#ask('DELETE', '');
  }

  #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    return ask(this.#server, method, `/session/${this.#id}${path}`, body);
  }
}

async function ask(server: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${server}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value }: { value: unknown } = await response.json();
  if (response.ok) return value;
  const message = typeof value === 'object' && value !== null && 'message' in value;
  throw new Error(`${method} ${path}: ${message ? String(value.message) : response.status}`);
}
