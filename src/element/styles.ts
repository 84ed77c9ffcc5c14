import { css } from 'lit';

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
  .problem {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 1rem;
    padding: 1rem;
    box-sizing: border-box;
    color: var(--signed-stream-error-color, #fff);
    background: var(--signed-stream-error-background, rgb(0 0 0 / 0.82));
    font:
      1rem/1.45 system-ui,
      sans-serif;
    text-align: center;
  }
  .problem p {
    max-inline-size: 36ch;
    margin: 0;
    text-wrap: balance;
  }
  button {
    font: inherit;
    font-weight: 600;
    padding: 0.5em 1.25em;
    color: #111;
    background: #fff;
    border: 0;
    border-radius: 999px;
    cursor: pointer;
  }
  button:hover {
    background: #e2e2e2;
  }
  button:focus-visible {
    outline: 3px solid #6cb4ff;
    outline-offset: 2px;
  }
`;
