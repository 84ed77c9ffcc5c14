import { css } from '@lit/reactive-element/css-tag.js';

/** Looks of the message in the place of the video. */
export const messageStyles = css`
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
