import type { ClassAttributes, HTMLAttributes } from 'react';
import type { Attributes, Listeners, Properties, SignedStreamElement } from './template.js';

/**
 * What every element has. React listens for media events on a `<video>` only: `onPlay` would never
 * be called, `onplay` is.
 */
type Inherited = {
  [
    K in keyof HTMLAttributes<SignedStreamElement> as Lowercase<K> extends keyof Listeners
      ? never
      : K
  ]: HTMLAttributes<SignedStreamElement>[K];
};

/** The props of `<signed-stream>` in React. */
export type SignedStreamProps = Inherited &
  ClassAttributes<SignedStreamElement> &
  Properties &
  Attributes &
  Listeners;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'signed-stream': SignedStreamProps;
    }
  }
}
