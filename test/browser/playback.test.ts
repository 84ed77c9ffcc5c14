import { expect } from 'chai';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import '../../src/index.js';
import type { SignedStreamElement } from '../../src/index.js';
import { createElement } from './support/create-element.js';
import { findEngineLimits, itUnless } from './support/engine-limits.js';
import { localStream } from './support/local-stream.js';
import { PlaybackWatch } from './support/watch-playback.js';

const LIFETIME_SECONDS = 5;

const limits = await findEngineLimits();

describe('playback through renewals', function () {
  this.timeout(120_000);
  let element: SignedStreamElement;
  let watch: PlaybackWatch;

  const open = async (uid: string, player: string): Promise<void> => {
    element = createElement(uid, {
      player,
      muted: '',
      autoplay: '',
      'token-endpoint': `${localStream.tokenEndpoint}?lifetime=${LIFETIME_SECONDS}`,
    });
    // What is buffered whole needs no token any more.
    element.hlsConfig = { maxBufferLength: 8, maxMaxBufferLength: 8, capLevelToPlayerSize: true };
    document.body.append(element);
    watch = new PlaybackWatch(element);
    await watch.begins();
  };

  afterEach(() => element.remove());

  for (const player of ['hls', 'iframe']) {
    const limit = player === 'iframe' ? limits.frames : undefined;
    for (const kind of ['pathToken', 'ownSignature', 'tokenBoundNames'] as const) {
      itUnless(limit, `${player}: the page hears nothing of them, ${kind}`, async () => {
        await open(SAMPLE_UIDS[kind], player);
        await watch.outlasts(2);
        expect(watch.interruptions).to.deep.equal([]);
        expect(element.matches(':state(ready)') || element.matches(':state(renewing)')).to.equal(
          true,
        );
      });
    }

    itUnless(limit, `${player}: goes on after a pause that outlives the token`, async () => {
      await open(SAMPLE_UIDS.ownSignature, player);
      element.pause();
      const { currentTime } = element;
      await new Promise((resolve) => setTimeout(resolve, (LIFETIME_SECONDS + 2) * 1000));
      await element.play();
      expect(element.currentTime).to.be.closeTo(currentTime, 1.5);
      await watch.playsOn(3);
      expect(watch.interruptions).not.to.include('error');
    });

    itUnless(limit, `${player}: a live stream plays on`, async () => {
      await open(SAMPLE_UIDS.liveOwnSignature, player);
      await watch.outlasts(2);
      expect(watch.interruptions).to.deep.equal([]);
    });
  }
});
