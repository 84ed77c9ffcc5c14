import type { Step } from '../../../src/cli/doctor/step.js';
import type { OwnAccount } from '../../shared/own-account.js';

/** The doctor's steps, each as soon as it is done; the server goes through them. */
export async function* examine(account: OwnAccount, signal: AbortSignal): AsyncGenerator<Step> {
  const response = await fetch('/api/own/doctor', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
    signal,
  });
  if (!response.ok || !response.body) {
    throw new Error(`The demo’s server answered ${response.status}`);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value = '' } = await reader.read();
    text += value;
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as Step;
    if (done) return;
  }
}
