import '../../src/index.js';
import { findEngineLimits } from './support/engine-limits.js';
import { describeContract } from './support/media-contract.js';

const playsHls =
  document.createElement('video').canPlayType('application/vnd.apple.mpegurl') !== '';

// What a browser without MediaSource is: there, hls.js cannot play.
for (const name of ['MediaSource', 'ManagedMediaSource', 'WebKitMediaSource']) {
  Reflect.deleteProperty(globalThis, name);
}

if (playsHls) {
  const limits = { ...(await findEngineLimits()), size: undefined };
  describeContract('hls', limits, 'native HLS');
}
