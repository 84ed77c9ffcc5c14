import type { JSX as SolidJSX } from 'solid-js';
import type { Events, Properties, SignedStreamElement, WrittenAttributes } from './template.js';

/** Solid sets properties by `prop:`; without it names are taken for attributes. */
type Prefixed = { [K in keyof Properties as `prop:${K}`]: Properties[K] };

/** It adds listeners by `on:`, to the element itself. */
type Listeners = {
  [T in keyof Events as `on:${T}`]?: SolidJSX.EventHandlerWithOptionsUnion<
    SignedStreamElement,
    Events[T]
  >;
};

/** The props of `<signed-stream>` in Solid. */
export type SignedStreamProps = Omit<
  SolidJSX.HTMLAttributes<SignedStreamElement>,
  keyof (WrittenAttributes & Listeners)
> &
  WrittenAttributes &
  Prefixed &
  Listeners;

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'signed-stream': SignedStreamProps;
    }
  }
}
