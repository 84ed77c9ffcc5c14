import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html, unsafeStatic } from 'lit/static-html.js';
import '../../../src/index.js';

/** Prints a tag as a server would send it, its shadow tree included. Runs in a process of its own. */
const [, , tag = ''] = process.argv;
process.stdout.write(await collectResult(render(html`${unsafeStatic(tag)}`)));
