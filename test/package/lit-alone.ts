/** What the element takes from lit, for `npm run size` to weigh by itself. */
export { LitElement, css, html, nothing } from 'lit';
export { property, state } from 'lit/decorators.js';
