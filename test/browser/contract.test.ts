import '../../src/index.js';
import { describeContract } from './support/media-contract.js';

for (const player of ['hls', 'iframe']) describeContract(player);
