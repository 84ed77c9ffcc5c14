import { useRef, useState } from 'react';
import 'signed-stream';
import type { SignedStreamElement } from 'signed-stream';
import type {} from 'signed-stream/react';

const HEADERS = { 'X-Lesson': '1' };

export function Lesson() {
  const video = useRef<SignedStreamElement>(null);
  const [playing, setPlaying] = useState(false);
  const [until, setUntil] = useState<Date | null>(null);
  const toggle = () => (playing ? video.current?.pause() : video.current?.play());

  return (
    <>
      <h1>Lesson 1</h1>
      <signed-stream
        ref={video}
        video-id="5d5bc37ffcf54c9b82e996823bffbb81"
        token-endpoint="/api/stream-token"
        customer-code="example"
        player="hls"
        muted
        tokenHeaders={HEADERS}
        ontokenchange={({ expiresAt }) => setUntil(expiresAt)}
        onplay={() => setPlaying(true)}
        onpause={() => setPlaying(false)}
      />
      <p>
        <button type="button" onClick={toggle}>
          {playing ? 'Pause' : 'Play'}
        </button>{' '}
        <output>{until && `Yours until ${until.toLocaleTimeString()}`}</output>
      </p>
    </>
  );
}
