import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { loadWhenIdle } from '../element/load-message.js';
import { SignedStreamElement } from '../element/signed-stream-element.js';
import type { Events, Properties } from './template.js';

/** Every event as a prop: as React itself writes those of a `<video>`, word by word. */
const LISTENERS = [
  'onAbort',
  'onAutoplayBlocked',
  'onCanPlay',
  'onCanPlayThrough',
  'onDurationChange',
  'onEmptied',
  'onEnded',
  'onEnterPictureInPicture',
  'onError',
  'onLeavePictureInPicture',
  'onLoadedData',
  'onLoadedMetadata',
  'onLoadStart',
  'onPause',
  'onPlay',
  'onPlaying',
  'onProgress',
  'onRateChange',
  'onResize',
  'onSeeked',
  'onSeeking',
  'onStalled',
  'onStreamTypeChange',
  'onSuspend',
  'onTargetLiveWindowChange',
  'onTimeUpdate',
  'onTokenChange',
  'onTokenError',
  'onVolumeChange',
  'onWaiting',
] as const;

/** The event that a prop listens for. */
type EventOf<Prop extends (typeof LISTENERS)[number]> =
  Lowercase<Prop> extends `on${infer T extends keyof Events}` ? Events[T] : never;

type Listeners = {
  [Prop in (typeof LISTENERS)[number]]?: (event: EventOf<Prop>) => void;
};

/** The props of `<SignedStream>`. */
export type SignedStreamProps = Omit<
  React.HTMLAttributes<SignedStreamElement>,
  keyof (Properties & Listeners)
> &
  Properties &
  Listeners;

// What a name means to the compiler cannot be made, only said: the entries are lists of any words.
const events: { readonly [Prop in (typeof LISTENERS)[number]]: EventName<EventOf<Prop>> } =
  Object.fromEntries(
    LISTENERS.map((prop): string[] => [prop, prop.slice('on'.length).toLowerCase()]),
  );

// As the main entry does, which would become two files if this one imported it.
if (typeof customElements !== 'undefined' && customElements.get('signed-stream') === undefined) {
  customElements.define('signed-stream', SignedStreamElement);
  loadWhenIdle();
}

/** `<signed-stream>` for React before 19, which knows attributes of custom elements and no more. */
export const SignedStream: React.ForwardRefExoticComponent<
  SignedStreamProps & React.RefAttributes<SignedStreamElement>
> = createComponent({
  react: React,
  tagName: 'signed-stream',
  elementClass: SignedStreamElement,
  displayName: 'SignedStream',
  events,
});
