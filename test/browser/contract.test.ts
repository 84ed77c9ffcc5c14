import '../../src/index.js';
import { findEngineLimits } from './support/engine-limits.js';
import { describeContract } from './support/media-contract.js';

const limits = await findEngineLimits();
for (const player of ['hls', 'iframe']) describeContract(player, limits);
