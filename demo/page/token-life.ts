import type { TokenState } from '../../src/index.js';

/** What is known of a token's life at a moment. */
export interface TokenLife {
  readonly state: TokenState;
  /** Absent where there is no token, or none that ends. */
  readonly leftSeconds: number | undefined;
  readonly lifetimeSeconds: number;
  /** Failed attempts in a row since the last token. */
  readonly failedAttempts: number;
}

export type Tone = 'calm' | 'good' | 'busy' | 'bad';

export interface TokenLifeView {
  readonly chip: string;
  readonly tone: Tone;
  readonly left: string;
  /** From 0 to 1. */
  readonly share: number;
}

/** How a token's life is shown. */
export function describeTokenLife(life: TokenLife): TokenLifeView {
  const { leftSeconds, lifetimeSeconds } = life;
  const [chip, tone] = describeState(life);
  if (leftSeconds === undefined) return { chip, tone, left: 'No token', share: 0 };
  const left = leftSeconds > 0 ? `Token holds ${formatLeft(leftSeconds)}` : 'Token has ended';
  return { chip, tone, left, share: Math.min(1, Math.max(0, leftSeconds / lifetimeSeconds)) };
}

function describeState({ state, failedAttempts }: TokenLife): readonly [string, Tone] {
  if (failedAttempts > 0 && state !== 'early') {
    return [`Asking again, ${failedAttempts} failed`, state === 'failed' ? 'bad' : 'busy'];
  }
  return STATES[state];
}

const STATES: Readonly<Record<TokenState, readonly [string, Tone]>> = {
  none: ['No token yet', 'calm'],
  fetching: ['Fetching a token', 'busy'],
  valid: ['Fresh', 'good'],
  renewing: ['Renewing', 'busy'],
  early: ['Starts soon', 'busy'],
  expired: ['Ended, none needed', 'calm'],
  failed: ['No token to be had', 'bad'],
};

function formatLeft(seconds: number): string {
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
}
