import type { DemoConfig } from '../shared/demo-config.js';
import { startCopyButton } from './copy-button.js';
import { find } from './find.js';
import type { Settings } from './settings.js';
import { resolveSource } from './source.js';

/** The HTML that a page of one's own needs for what is chosen. */
export function buildSnippet(config: DemoConfig, settings: Settings): string {
  const videoId = resolveSource(config, settings)?.videoId ?? 'your-video’s-uid';
  const player = settings.player === 'hls' ? 'player="hls" controls' : 'controls';
  return [
    '<script type="module">import "signed-stream";</script>',
    '',
    `<signed-stream video-id="${videoId}"`,
    '               token-endpoint="/api/stream-token"',
    `               ${player}></signed-stream>`,
  ].join('\n');
}

export function showSnippet(config: DemoConfig, settings: Settings): void {
  find('#snippet', HTMLElement).textContent = buildSnippet(config, settings);
}

export function startSnippet(): void {
  startCopyButton('copy-code', () => find('#snippet', HTMLElement).textContent);
}
