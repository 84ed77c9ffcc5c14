import { StreamPlayer } from './stream-player.js';

declare global {
  interface Window {
    Stream: (iframe: HTMLIFrameElement) => StreamPlayer;
  }
}

window.Stream = (iframe) => new StreamPlayer(iframe);
