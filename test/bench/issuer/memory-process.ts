import { createSigner } from './contenders.js';

/** Signs many tokens, and tells after each tenth of them what memory is held (run with --expose-gc). */
const tokens = Number(process.argv[2]);
const IN_FLIGHT = 8;
const TENTHS = 10;

const sign = createSigner('signed-stream');

for (let tenth = 1; tenth <= TENTHS; tenth += 1) {
  let left = Math.ceil(tokens / TENTHS);
  const loop = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await sign();
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, loop));
  global.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send?.({ heapBytes: heapUsed + external, rssBytes: rss });
}
