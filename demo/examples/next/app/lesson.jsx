'use client';

import { useRef, useState } from 'react';
import { SignedStream } from 'signed-stream/react-wrapper';

const HEADERS = { 'X-Lesson': '1' };

export function Lesson({ videoId }) {
  const video = useRef(null);
  const [playing, setPlaying] = useState(false);
  const [until, setUntil] = useState(null);
  const toggle = () => (playing ? video.current.pause() : video.current.play());

  return (
    <>
      <SignedStream
        ref={video}
        videoId={videoId}
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
