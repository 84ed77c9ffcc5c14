/** The server's time, which a test may move to age tokens without waiting. */
export class ServerClock {
  /** How far the server's clock is ahead of the machine's. */
  skewMs = 0;

  now(): number {
    return Date.now() + this.skewMs;
  }

  nowSeconds(): number {
    return this.now() / 1000;
  }
}
