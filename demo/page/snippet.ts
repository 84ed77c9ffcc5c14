import type { DemoConfig } from '../shared/demo-config.js';
import { find, onAction } from './find.js';
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

/** Copies the snippet, and says so on the button for a moment. */
export function startCopyButton(): void {
  const button = find('[data-action="copy-code"]', HTMLButtonElement);
  const label = button.textContent;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (text: string): void => {
    button.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => (button.textContent = label), 2000);
  };
  onAction('copy-code', () => {
    navigator.clipboard.writeText(find('#snippet', HTMLElement).textContent).then(
      () => say('Copied'),
      () => say('Select and copy it'),
    );
  });
}
