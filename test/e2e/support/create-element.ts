import type { JSHandle, Page } from '@playwright/test';
import type { SignedStreamElement } from '../../../src/index.js';

/** An element that is not in the page yet, so that a test can prepare it. */
export async function createElement(
  page: Page,
  html: string,
): Promise<JSHandle<SignedStreamElement>> {
  return page.evaluateHandle(async (text) => {
    await customElements.whenDefined('signed-stream');
    const template = document.createElement('template');
    template.innerHTML = text;
    const element = document.importNode(template.content, true).querySelector('signed-stream');
    if (element === null) throw new Error('a tag makes no element');
    return element;
  }, html);
}

/** Puts it into the page. */
export function connect(element: JSHandle<SignedStreamElement>): Promise<void> {
  return element.evaluate((node) => document.body.append(node));
}
