import type { FrameLog } from './frame-log.js';
import type { PlayerMethod } from './player-method.js';

export interface ByHandOptions {
  readonly method: PlayerMethod;
  /** The player's address, with `TOKEN` where that goes. */
  readonly playerUrl: string;
  readonly tokenUrl: string;
  readonly renewEveryMs: number;
}

/** Runs in the page: plays in a frame as a page without the element does. */
export async function playFrameByHand(options: ByHandOptions): Promise<void> {
  const { method, playerUrl, tokenUrl, renewEveryMs } = options;
  const log: FrameLog = Reflect.get(window, 'frameLog');
  const load = async (): Promise<void> => {
    const response = await fetch(tokenUrl);
    const { result } = (await response.json()) as { result: { token: string } };
    const seconds = log.pictures.at(-1)?.mediaSeconds;
    const at = seconds === undefined ? '' : `&startTime=${seconds.toFixed(3)}`;
    frame.src = playerUrl.replace('TOKEN', result.token) + at;
  };
  const frame = document.createElement('iframe');
  frame.allow = 'autoplay';
  await load();
  document.body.append(frame);
  if (method === 'source-reload') setInterval(() => void load(), renewEveryMs);
}
