import type { HTMLAttributes } from 'svelte/elements';
import type {
  Events,
  Listeners,
  Properties,
  SignedStreamElement,
  WrittenAttributes,
} from './template.js';

/** As Svelte 4 has it, and 5 still knows. */
type Directives = { [T in keyof Events as `on:${T}`]?: (event: Events[T]) => void };

/** The attributes of `<signed-stream>` in a Svelte template. */
export type SignedStreamProps = Omit<
  HTMLAttributes<SignedStreamElement>,
  keyof (Properties & WrittenAttributes & Listeners & Directives)
> &
  Properties &
  WrittenAttributes &
  Listeners &
  Directives;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'signed-stream': SignedStreamProps;
  }
}
