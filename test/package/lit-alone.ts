/** What the element takes from lit, for `npm run size` to weigh by itself. */
export { ReactiveElement } from '@lit/reactive-element';
export { adoptStyles, css } from '@lit/reactive-element/css-tag.js';
