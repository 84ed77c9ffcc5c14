import { EdgeOffset } from './edge-offset.js';

/** A player of a live stream, with times by its own clock. */
interface LiveReading {
  readonly currentTime: number;
  /** The live edge; `undefined` where it is not told. */
  readonly edgeSeconds: number | undefined;
  readonly readyState: number;
}

/**
 * How the clocks of two players of one live stream go together: each counts from where it began,
 * and only the live edge is the same for both.
 */
export class LiveClocks {
  readonly #edges: EdgeOffset;
  readonly #patienceMs: number;
  /** How far from the edge the player behind goes by itself. */
  #ownSeconds: number | undefined;
  /** How far from it the one in front is at most, as it learns of new segments. */
  #frontSeconds = 0;

  /** @param hasTime whether both have a token for as long as comparing them well takes */
  constructor(hasTime: boolean) {
    this.#edges = new EdgeOffset(hasTime ? LOOKS : HURRIED_LOOKS);
    this.#patienceMs = hasTime ? NEAR_EDGE_PATIENCE_MS : HURRIED_PATIENCE_MS;
  }

  /** What the clock behind is ahead of the one in front; `undefined` until that is known. */
  get offsetSeconds(): number | undefined {
    return this.#edges.seconds;
  }

  /**
   * Looks at both.
   *
   * @param elapsedMs since the first look
   * @returns `false` where they are not compared (any more): the player behind goes to the edge by
   * itself then
   */
  look(front: LiveReading, behind: LiveReading, elapsedMs: number): boolean {
    if (front.edgeSeconds === undefined) return false;
    const distanceSeconds = front.edgeSeconds - front.currentTime;
    const isFarBack = distanceSeconds > NEAR_EDGE_SECONDS;
    if (!isFarBack && elapsedMs > this.#patienceMs) return false;
    // Asking for it too early harms some players.
    const { edgeSeconds } = behind;
    if (edgeSeconds === undefined) return false;
    if (behind.readyState >= 2) this.#ownSeconds ??= edgeSeconds - behind.currentTime;
    this.#frontSeconds = Math.max(this.#frontSeconds, distanceSeconds);
    this.#edges.note(edgeSeconds - front.edgeSeconds);
    // A wrong guess had brought it there, or a stream that was faster: there is little to play.
    const leastSeconds = (this.#ownSeconds ?? 0) * LEAST_OF_OWN;
    return this.offsetSeconds === undefined || this.#frontSeconds >= leastSeconds;
  }
}

/** Who is no further from the edge gets there by itself, more or less. */
export const NEAR_EDGE_SECONDS = 30;
/** Comparing takes four seconds, a seek and a start as much again where the network is slow. */
const NEAR_EDGE_PATIENCE_MS = 10_000;
/** What the one in front has left to play when its token is over. */
const HURRIED_PATIENCE_MS = 6000;
/** Twenty a second: about as long as a segment, so that both learn of the same ones. */
const LOOKS = 80;
/** Just after both have learned of one, this is enough, and the one in front learns of no more. */
const HURRIED_LOOKS = 15;
const LEAST_OF_OWN = 0.7;
