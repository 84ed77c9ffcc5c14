import type { HTMLAttributes, PublicProps } from 'vue';
import type {
  AttributeName,
  Attributes,
  Events,
  Properties,
  SignedStreamElement,
  WrittenAttributes,
} from './template.js';

/** `@tokenchange` of a template. */
type Listeners = { [T in keyof Events as `on${Capitalize<T>}`]?: (event: Events[T]) => void };

/** Vue's compiler checks `start-time`, which is text, as if it were `startTime`. */
type Camelized = {
  [K in keyof Properties]: AttributeName<K> extends keyof Attributes
    ? Attributes[AttributeName<K>]
    : Properties[K];
};

/** The attributes of `<signed-stream>` in a Vue template. */
export type SignedStreamProps = Omit<
  HTMLAttributes,
  keyof (PublicProps & Camelized & WrittenAttributes & Listeners)
> &
  PublicProps &
  Camelized &
  WrittenAttributes &
  Listeners;

declare module 'vue' {
  interface GlobalComponents {
    'signed-stream': new () => SignedStreamElement & {
      /** What a template may say; the element itself has no such property. */
      readonly $props: SignedStreamProps;
    };
  }
}
