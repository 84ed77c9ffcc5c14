import { describeDuration, formatMoment } from '../describe-time.js';
import { stateAt, type TokenFacts } from '../token-facts.js';
import type { ClockReading } from './ask-endpoint.js';
import { fail, pass, warn, type Step } from './step.js';

/** More than a slow answer explains. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** Whether the endpoint's token is one for this video. */
export function checkToken(facts: TokenFacts, videoId: string): Step {
  if (facts.videoId !== undefined && facts.videoId !== videoId) {
    const message = `The token is for another video: ${facts.videoId.slice(0, 40)}.`;
    return fail('token', 'id', message, 'Sign the id that was asked for');
  }
  const [problem, ...more] = [...facts.problems, ...facts.doubts];
  if (problem !== undefined) return warn('token', 'token', problem, ...more);
  const until =
    facts.expSeconds === undefined ? '' : ` It lasts until ${formatMoment(facts.expSeconds)}.`;
  return pass('token', `It is for this video, of key ${facts.keyId ?? '(unnamed)'}.${until}`);
}

/** Whether the clocks agree: this machine's, the endpoint's, Stream's; and the token with them. */
export function checkClock(
  facts: TokenFacts,
  clocks: {
    readonly localSeconds: number;
    readonly endpoint: ClockReading | undefined;
    readonly stream: ClockReading | undefined;
  },
): Step {
  const { localSeconds, endpoint, stream } = clocks;
  const nowSeconds = (stream ?? endpoint)?.serverSeconds ?? localSeconds;
  const drift = endpoint && stream ? aheadSeconds(endpoint) - aheadSeconds(stream) : 0;
  const isOff = Math.abs(drift) > CLOCK_TOLERANCE_SECONDS;
  const direction = drift > 0 ? 'ahead of' : 'behind';
  const drifts = `The endpoint's clock is ${describeDuration(drift)} ${direction} Stream's`;
  const state = stateAt(facts, nowSeconds);
  if (state === 'valid') {
    if (isOff)
      return warn('clock', 'clock', `${drifts}.`, 'Set the clock of the server that signs');
    return pass('clock', 'The token counts now.');
  }
  const what = state === 'expired' ? 'had expired when it arrived' : 'does not count yet';
  if (isOff) {
    const message = `The token ${what}. ${drifts}.`;
    return fail('clock', 'clock', message, 'Set the clock of the server that signs');
  }
  const hint =
    state === 'expired'
      ? 'Does the endpoint, or a cache before it, hand out an old token?'
      : 'Is nbf meant to lie ahead, or is the clock of the server that signs fast?';
  return fail('clock', 'clock', `The token ${what}.`, hint);
}

/** How far a server's clock is ahead of this machine's. */
function aheadSeconds({ serverSeconds, localSeconds }: ClockReading): number {
  return serverSeconds - localSeconds;
}
