import type { ClassAttributes, JSX as PreactJSX } from 'preact';
import type { Attributes, Listeners, Properties, SignedStreamElement } from './template.js';

/** What every element has; Preact's versions have it under different names, but for this one. */
type Inherited = Omit<
  PreactJSX.IntrinsicElements['section'],
  keyof (ClassAttributes<SignedStreamElement> & Properties & Attributes & Listeners)
>;

/** The props of `<signed-stream>` in Preact. */
export type SignedStreamProps = Inherited &
  ClassAttributes<SignedStreamElement> &
  Properties &
  Attributes &
  Listeners;

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'signed-stream': SignedStreamProps;
    }
  }
}
