/** The world's clocks and timers as the token layer sees them; a test passes in its own. */
export interface Time {
  /** Milliseconds that never go back; may stand still while the device sleeps. */
  monotonicMs(): number;
  /** The device's clock in milliseconds since the epoch; may be wrong, and may jump. */
  wallMs(): number;
  /** Calls back once after `delayMs`; a hint only (throttled in hidden tabs, late after sleep). */
  setTimer(callback: () => void, delayMs: number): () => void;
}
