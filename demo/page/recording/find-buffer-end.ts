/** Up to where the video can be played on from a position. */
export function findBufferEnd(buffered: TimeRanges, currentTime: number): number | undefined {
  for (let index = 0; index < buffered.length; index += 1) {
    const [start, end] = [buffered.start(index), buffered.end(index)];
    if (start <= currentTime + 0.1 && currentTime <= end) return end;
  }
  return undefined;
}
