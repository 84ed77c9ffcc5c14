/** A part of a video that one picture stands for. */
export interface Stretch {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Where the picture is from: whole seconds, as Stream has them. */
  readonly pictureSeconds: number;
}

/** Divides a video into equal parts: up to a hundred, of whole seconds and no less than two. */
export function divideIntoStretches(durationSeconds: number): readonly Stretch[] {
  const step = Math.max(SHORTEST_SECONDS, Math.ceil(durationSeconds / MOST_STRETCHES));
  // What is left over at the end is part of the last one.
  const count = Math.max(1, Math.round(durationSeconds / step));
  return Array.from({ length: count }, (_, index) => {
    const startSeconds = index * step;
    const endSeconds = index === count - 1 ? durationSeconds : startSeconds + step;
    const pictureSeconds = Math.floor((startSeconds + endSeconds) / 2);
    return { startSeconds, endSeconds, pictureSeconds };
  });
}

const MOST_STRETCHES = 100;
const SHORTEST_SECONDS = 2;
