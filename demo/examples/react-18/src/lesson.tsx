import { useRef, useState } from 'react';
import type { SignedStreamElement } from 'signed-stream';
import { SignedStream } from 'signed-stream/react-wrapper';

const HEADERS = { 'X-Lesson': '1' };

export function Lesson() {
  const video = useRef<SignedStreamElement>(null);
  const [playing, setPlaying] = useState(false);
  const [until, setUntil] = useState<Date | null>(null);
  const toggle = () => (playing ? video.current?.pause() : video.current?.play());

  return (
    <>
      <h1>Lesson 1</h1>
      <SignedStream
        ref={video}
        videoId="5d5bc37ffcf54c9b82e996823bffbb81"
        tokenEndpoint="/api/stream-token"
        customerCode="example"
        player="hls"
        muted
        tokenHeaders={HEADERS}
        onTokenChange={({ expiresAt }) => setUntil(expiresAt)}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
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
