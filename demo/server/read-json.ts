import type { IncomingMessage } from 'node:http';

/** A request's body; `undefined` where it is no JSON, or too long. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > LONGEST_BODY) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const LONGEST_BODY = 10_000;
