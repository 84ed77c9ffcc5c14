import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findElements } from '../../src/package/manifest.js';
import { compile, type Compilation } from './support/compile.js';
import { createPackedProject, type PackedProject } from './support/packed-project.js';

/** Each version of React, and what has it among our own modules. */
const VERSIONS = [
  {
    version: 18,
    modules: { react: 'react-18', 'react-dom': 'react-dom-18', '@types/react': 'types-react-18' },
  },
  {
    version: 19,
    modules: { react: 'react', 'react-dom': 'react-dom', '@types/react': '@types/react' },
  },
];

const USES = `
  import { createRef } from 'react';
  import { SignedStream, type SignedStreamProps } from 'signed-stream/react-wrapper';
  import type { SignedStreamElement } from 'signed-stream';

  const ref = createRef<SignedStreamElement>();
  const shared: SignedStreamProps = { player: 'hls', controls: true };
  export const right = (
    <SignedStream
      {...shared} ref={ref} key="a" className="wide" title="Talk" aria-label="Talk"
      videoId="id" tokenEndpoint="/token" startTime={90} lowLatency={false} playsInline
      muted autoplay={false} defaultMuted volume={0.5} hlsConfig={{ debug: false }}
      tokenProvider={async ({ videoId }) => videoId}
      onClick={(event) => event.nativeEvent}
      onTokenChange={(event) => event.reason === 'initial' && event.currentTarget.play()}
      onTokenError={({ attempt, willRetry }) => willRetry && attempt.toFixed()}
      onError={({ error }) => error.code === 'token-expired'}
      onTimeUpdate={(event) => event.currentTarget.currentTime.toFixed()}
    >
      <p>Something else</p>
    </SignedStream>
  );
  export const wrong = [
    // @ts-expect-error no text
    <SignedStream videoId={7} />,
    // @ts-expect-error no such property
    <SignedStream videoUid="id" />,
    // @ts-expect-error read-only
    <SignedStream duration={7} />,
    // @ts-expect-error a method
    <SignedStream load={() => {}} />,
    // @ts-expect-error a property, and no attribute without a value
    <SignedStream controls="" />,
    // @ts-expect-error no such field
    <SignedStream onTokenChange={(event) => event.token} />,
    // @ts-expect-error an event of the element, and none of React's
    <SignedStream onPlay={(event) => event.nativeEvent} />,
    // @ts-expect-error no such event
    <SignedStream onTokenchange={() => {}} />,
  ];`;

describe.each(VERSIONS)('<SignedStream> of the packed package in React $version', ({ modules }) => {
  let project: PackedProject;
  beforeAll(() => {
    project = createPackedProject();
    project.link('@lit/react');
    for (const [name, source] of Object.entries(modules)) project.link(name, source);
  });
  afterAll(() => {
    project.remove();
  });

  const compileHere = (file: string, source: string): Promise<Compilation> =>
    compile(
      project.folder,
      file,
      source,
      '--module esnext --moduleResolution bundler --skipLibCheck --jsx react-jsx',
    );

  it('has types for what a page may write, and for nothing else', async () => {
    expect(await compileHere('uses.tsx', USES)).toEqual({ code: 0, output: '' });
  });

  it('has a prop for every event and every attribute of the manifest', async () => {
    const [element] = findElements(JSON.parse(project.read('dist/custom-elements.json')));
    const events = element?.events?.map(({ name }) => `on${name}: true`) ?? [];
    const fields =
      element?.attributes?.map(({ name, fieldName = toCamelCase(name) }) => fieldName) ?? [];
    const source = `
      import type { SignedStreamProps } from 'signed-stream/react-wrapper';
      type Props = Required<SignedStreamProps>;
      // React's own listeners get an event of React's.
      type Listener = {
        [K in keyof Props]: Props[K] extends (event: infer E) => void
          ? E extends Event ? Lowercase<K> : never
          : never;
      }[keyof Props];
      export const listeners: Record<Listener, true> = { ${events.join(', ')} };
      export const fields: (keyof Props)[] = ${JSON.stringify(fields)};`;
    expect(await compileHere('names.ts', source)).toEqual({ code: 0, output: '' });
  });

  it('is written by a server as the tag alone', () => {
    const html = project.run(`
      import { createElement } from 'react';
      import { renderToString } from 'react-dom/server';
      import { SignedStream } from 'signed-stream/react-wrapper';
      const props = { videoId: 'id', tokenHeaders: { Authorization: 'x' }, onPlay() {} };
      console.log(renderToString(createElement(SignedStream, { ...props, className: 'wide' })));`);
    expect(html.trim()).toBe('<signed-stream class="wide"></signed-stream>');
  });
});

function toCamelCase(attribute: string): string {
  return attribute.replaceAll(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
