import '../../src/index.js';
import { findEngineLimits } from './support/engine-limits.js';
import { describeContract } from './support/media-contract.js';
import { forgetMediaSource, playsHls } from './support/native.js';

forgetMediaSource();

if (playsHls) {
  const limits = { ...(await findEngineLimits()), size: undefined };
  describeContract('hls', limits, 'native HLS');
}
