import type { ReactiveElement } from '@lit/reactive-element';
import type {
  SignedStreamErrorEvent,
  TokenChangeEvent,
  TokenErrorEvent,
} from '../element/events.js';
import type { MediaEventName } from '../element/media-host.js';
import type { SignedStreamElement } from '../element/signed-stream-element.js';
import type { VideoHost } from '../element/video-host.js';

export type { SignedStreamElement };

/** The properties that a template may set. */
export type Properties = Partial<Pick<SignedStreamElement, Settable>>;

/** The attributes, in a template that takes one away where its value is `false`. */
export type Attributes = {
  [K in keyof Pick<Properties, Attributed> as AttributeName<K>]?: AttributeValue<Properties[K]>;
};

/**
 * The attributes, in a template that cannot take one away: unless there is a property of that name,
 * `false` is written as text or lost.
 */
export type WrittenAttributes = {
  [K in keyof Attributes]: K extends keyof Properties
    ? Attributes[K]
    : Exclude<Attributes[K], false>;
};

/** Every event; what it happened to is the element. */
export type Events = {
  [T in keyof OwnEvents | MediaEventName]: (T extends keyof OwnEvents ? OwnEvents[T] : Event) & {
    readonly currentTarget: SignedStreamElement;
  };
};

/** The listeners, in a template where they are called as in HTML: `ontokenchange`. */
export type Listeners = { [T in keyof Events as `on${T}`]?: (event: Events[T]) => void };

interface OwnEvents {
  readonly tokenchange: TokenChangeEvent;
  readonly tokenerror: TokenErrorEvent;
  readonly error: SignedStreamErrorEvent;
  readonly autoplayblocked: Event;
  readonly streamtypechange: Event;
  readonly targetlivewindowchange: Event;
}

/** What the element has and can be set, and is no method. */
type Settable = Exclude<WritableKey<SignedStreamElement>, keyof ReactiveElement | MethodKey>;

type MethodKey = {
  [K in keyof SignedStreamElement]-?: SignedStreamElement[K] extends (...args: never) => unknown
    ? K
    : never;
}[keyof SignedStreamElement];

type WritableKey<T> = {
  [K in keyof T]-?: IsSame<{ [P in K]: T[P] }, { -readonly [P in K]: T[P] }> extends true
    ? K
    : never;
}[keyof T];

/** Whether two types are one, `readonly` counted: the compiler compares such functions that way. */
type IsSame<A, B> =
  (<T>() => T extends A ? T : never) extends <T>() => T extends B ? T : never ? true : false;

/** Objects have no attributes, and what changes as it plays has none either. */
type Attributed = {
  [K in Settable]: SignedStreamElement[K] extends string | number | boolean
    ? K extends Exclude<keyof VideoHost, 'defaultMuted' | 'player' | 'dvr' | 'streamType'>
      ? never
      : K
    : never;
}[Settable];

/** An attribute is called as its property, with hyphens, unless it is called as on a `<video>`. */
export type AttributeName<K extends string> = K extends keyof VideoNames
  ? VideoNames[K]
  : Hyphenated<K>;

interface VideoNames {
  readonly playsInline: 'playsinline';
  readonly defaultMuted: 'muted';
}

type Hyphenated<S extends string> = S extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Hyphenated<Rest>}`
  : S;

/** A number may be written as text. */
type AttributeValue<T> = T extends number ? number | string : T;
