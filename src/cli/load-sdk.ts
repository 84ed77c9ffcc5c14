import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type Cloudflare from 'cloudflare';

/** The official SDK: installed beside this package or, where `npx` runs it, in the current folder. */
export async function loadSdk(folder: string): Promise<{ readonly default: typeof Cloudflare }> {
  try {
    return await import('cloudflare');
  } catch {
    const path = createRequire(join(folder, 'package.json')).resolve('cloudflare');
    const sdk: typeof import('cloudflare') = await import(pathToFileURL(path).href);
    return sdk;
  }
}
