import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findElements } from '../../src/package/manifest.js';
import { compile, type Compilation } from './support/compile.js';
import { createPackedProject, type PackedProject } from './support/packed-project.js';

const FRAMEWORKS = ['@types/react', 'preact', 'solid-js', 'svelte', 'vue'];
const BUNDLER = '--module esnext --moduleResolution bundler';

/** What a page may write, and what the compiler has to refuse, under each framework. */
const TEMPLATES = [
  {
    name: 'react',
    file: 'react.tsx',
    flags: '--jsx react-jsx',
    source: `
      import { createRef } from 'react';
      import type {} from 'signed-stream/react';
      import type { SignedStreamElement } from 'signed-stream';

      const ref = createRef<SignedStreamElement>();
      export const right = (
        <signed-stream
          ref={ref} key="a" className="wide" title="Talk" aria-label="Talk" onClick={() => {}}
          video-id="id" token-endpoint="/token" start-time="1m30s" low-latency={false} playsinline
          player="hls" muted autoplay={false} defaultMuted volume={0.5} hlsConfig={{ debug: false }}
          tokenProvider={async ({ videoId }) => videoId}
          ontokenchange={(event) => event.reason === 'initial' && event.currentTarget.play()}
          onerror={({ error }) => error.code === 'token-expired'}
          onplay={(event) => event.currentTarget.currentTime.toFixed()}
        >
          <p>Something else</p>
        </signed-stream>
      );
      export const wrong = [
        // @ts-expect-error no text
        <signed-stream video-id={7} />,
        // @ts-expect-error no such property
        <signed-stream videoUid="id" />,
        // @ts-expect-error read-only
        <signed-stream duration={7} />,
        // @ts-expect-error a method
        <signed-stream load={() => {}} />,
        // @ts-expect-error a name without a value is text to React where a property is boolean
        <signed-stream controls="" />,
        // @ts-expect-error no such field
        <signed-stream ontokenchange={(event) => event.token} />,
        // @ts-expect-error React would never call it
        <signed-stream onPlay={() => {}} />,
      ];`,
  },
  {
    name: 'preact',
    file: 'preact.tsx',
    flags: '--jsx react-jsx --jsxImportSource preact',
    source: `
      import { createRef } from 'preact';
      import type {} from 'signed-stream/preact';
      import type { SignedStreamElement } from 'signed-stream';

      const ref = createRef<SignedStreamElement>();
      export const right = (
        <signed-stream
          ref={ref} key="a" class="wide" title="Talk" aria-label="Talk" onClick={() => {}}
          video-id="id" start-time={90} low-latency={false} playsinline muted volume={0.5}
          tokenHeaders={{ Authorization: 'x' }}
          ontokenerror={(event) => event.willRetry && event.currentTarget.renewToken()}
          onpause={(event) => event.currentTarget.currentTime.toFixed()}
        >
          <p>Something else</p>
        </signed-stream>
      );
      export const wrong = [
        // @ts-expect-error no text
        <signed-stream video-id={7} />,
        // @ts-expect-error no such property
        <signed-stream videoUid="id" />,
        // @ts-expect-error read-only
        <signed-stream tokenState="valid" />,
        // @ts-expect-error no such field
        <signed-stream ontokenchange={(event) => event.token} />,
      ];`,
  },
  {
    name: 'solid',
    file: 'solid.tsx',
    flags: '--jsx preserve --jsxImportSource solid-js',
    source: `
      import type {} from 'signed-stream/solid';
      import type { SignedStreamElement } from 'signed-stream';

      let element: SignedStreamElement | undefined;
      export const right = (
        <signed-stream
          ref={element} class="wide" title="Talk" aria-label="Talk" onClick={() => {}}
          video-id="id" start-time="90" low-latency playsinline controls={false}
          prop:volume={0.5} prop:lowLatency={false} prop:hlsConfig={{ debug: false }}
          on:tokenchange={(event) => event.reason === 'wake' && event.currentTarget.play()}
          on:play={{ handleEvent: (event) => event.currentTarget.pause(), once: true }}
        >
          <p>Something else</p>
        </signed-stream>
      );
      export const wrong = [
        // @ts-expect-error no text
        <signed-stream video-id={7} />,
        // @ts-expect-error a name with capitals is no attribute
        <signed-stream videoId="id" />,
        // @ts-expect-error read-only
        <signed-stream prop:duration={7} />,
        // @ts-expect-error no such field
        <signed-stream on:tokenchange={(event) => event.token} />,
      ];`,
  },
  {
    name: 'svelte',
    file: 'svelte.ts',
    flags: '',
    source: `
      import type { SvelteHTMLElements } from 'svelte/elements';
      import type {} from 'signed-stream/svelte';

      type Props = SvelteHTMLElements['signed-stream'];
      export const right: Props = {
        class: 'wide', title: 'Talk', 'aria-label': 'Talk', onclick: () => {},
        'video-id': 'id', 'start-time': '90', 'low-latency': true, lowLatency: false, muted: false,
        tokenProvider: ({ videoId }) => videoId,
        ontokenchange: (event) => event.reason === 'wake' && event.currentTarget.play(),
        'on:tokenerror': ({ attempt }) => attempt.toFixed(),
        onplay: (event) => event.currentTarget.pause(),
      };
      // @ts-expect-error no text
      export const text: Props = { 'video-id': 7 };
      // @ts-expect-error no such attribute
      export const name: Props = { 'video-uid': 'id' };
      // @ts-expect-error would be written as text
      export const written: Props = { 'low-latency': false };
      // @ts-expect-error no such field
      export const field: Props = { ontokenchange: (event) => event.token };`,
  },
  {
    name: 'vue',
    file: 'vue.ts',
    flags: '',
    source: `
      import type { GlobalComponents } from 'vue';
      import type {} from 'signed-stream/vue';
      import type { SignedStreamElement } from 'signed-stream';

      type Component = InstanceType<GlobalComponents['signed-stream']>;
      type Props = Component['$props'];
      export const right: Props = {
        key: 'a', class: { wide: true }, title: 'Talk', 'aria-label': 'Talk', onClick: () => {},
        // A template's start-time="1m30s" is checked by this name.
        startTime: '1m30s',
        'video-id': 'id', 'start-time': '90', 'low-latency': true, lowLatency: false, muted: false,
        tokenHeaders: { Authorization: 'x' },
        onTokenchange: (event) => event.reason === 'wake' && event.currentTarget.play(),
        onPlay: (event) => event.currentTarget.pause(),
      };
      export const reference = (component: Component): SignedStreamElement => component;
      // @ts-expect-error no text
      export const text: Props = { 'video-id': 7 };
      // @ts-expect-error no such attribute
      export const name: Props = { 'video-uid': 'id' };
      // @ts-expect-error would be written as text
      export const written: Props = { 'low-latency': false };
      // @ts-expect-error no such field
      export const field: Props = { onTokenchange: (event) => event.token };`,
  },
];

let project: PackedProject;
beforeAll(() => {
  project = createPackedProject();
});
afterAll(() => {
  project.remove();
});

describe('the types of the packed package', () => {
  it('need no framework', async () => {
    const source =
      "import { SignedStreamElement } from 'signed-stream'; new SignedStreamElement();";
    const result = await compile(project.folder, 'alone.ts', source, BUNDLER);
    expect(result).toEqual({ code: 0, output: '' });
  });

  it('have names for all that the element gives', async () => {
    const source = `
      import type {
        AudioTrackChoice, Rendition, RenditionList, SignedStreamElement, StreamType, TrackList,
      } from 'signed-stream';
      declare const element: SignedStreamElement;
      export const captions: TrackList<TextTrack> = element.textTracks;
      export const languages: TrackList<AudioTrackChoice> = element.audioTracks;
      export const sizes: RenditionList = element.videoRenditions;
      export const elsewhere: RemotePlayback = element.remote;
      element.disableRemotePlayback = true;
      export const size: Rendition | undefined = sizes[0];
      export const type: StreamType = element.streamType;`;
    const result = await compile(project.folder, 'names.ts', source, BUNDLER);
    expect(result).toEqual({ code: 0, output: '' });
  });
});

describe('the types of the packed package for the templates of', () => {
  const compileTemplate = (file: string, source: string, flags: string): Promise<Compilation> =>
    compile(project.folder, file, source, `${BUNDLER} --skipLibCheck ${flags}`.trim());

  beforeAll(() => {
    for (const name of FRAMEWORKS) project.link(name);
  });

  it.each(TEMPLATES)('$name know the element', async ({ file, source, flags }) => {
    expect(await compileTemplate(file, source, flags)).toEqual({ code: 0, output: '' });
  });

  it('all have the attributes and events of the manifest, and no other', async () => {
    const [element] = findElements(JSON.parse(project.read('dist/custom-elements.json')));
    const toKeys = (entries: readonly { name: string }[] = []): string =>
      entries.map(({ name }) => `'${name}': true`).join(', ');
    // Those every element has.
    const attributes = element?.attributes?.filter(({ name }) => !['lang', 'title'].includes(name));
    const source = `
      import type { Attributes, Events } from './node_modules/signed-stream/dist/frameworks/template.js';
      export const attributes: Record<keyof Attributes, true> = { ${toKeys(attributes)} };
      export const events: Record<keyof Events, true> = { ${toKeys(element?.events)} };`;
    expect(await compileTemplate('names.ts', source, '')).toEqual({ code: 0, output: '' });
  });
});
