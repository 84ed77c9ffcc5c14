/** Where nothing is loaded, or played. */
export const NO_RANGES: TimeRanges = Object.freeze({
  length: 0,
  start: () => NaN,
  end: () => NaN,
});

/** From one time to another, as a media element tells it. */
export function oneRange(from: number, to: number): TimeRanges {
  const at = (value: number) => (index: number) => {
    if (index !== 0) throw new DOMException('There is no such range.', 'IndexSizeError');
    return value;
  };
  return { length: 1, start: at(from), end: at(to) };
}
