import { css } from '@lit/reactive-element/css-tag.js';

/** Custom properties are the page's way in; everything else is private. */
export const styles = css`
  :host {
    display: block;
    position: relative;
    aspect-ratio: 16 / 9;
    overflow: hidden;
    background: var(--signed-stream-background, #000);
    contain: layout;
  }
  :host([hidden]) {
    display: none;
  }
  .player {
    position: absolute;
    inset: 0;
  }
  .player > * {
    isolation: isolate;
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  .player :is(iframe, video) {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    border: 0;
    object-fit: var(--signed-stream-object-fit, contain);
  }
  .player .behind {
    z-index: -1;
  }
`;
