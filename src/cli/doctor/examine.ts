import type { Viewer } from '../../issuer/decide-access.js';
import type { CliContext } from '../cli-context.js';
import { readToken } from '../read-token.js';
import { readFacts, type TokenFacts } from '../token-facts.js';
import {
  askEndpoint,
  askPreflight,
  describeNetworkError,
  type HttpAnswer,
} from './ask-endpoint.js';
import { checkCors } from './check-cors.js';
import { checkClock, checkToken } from './check-token.js';
import {
  isCrossOrigin,
  listPreflightedHeaders,
  sendsCookies,
  type EndpointQuestion,
} from './endpoint-question.js';
import { explainRefusal } from './explain-refusal.js';
import { fetchMedia } from './fetch-media.js';
import { lookUpAccount, lookUpViewer } from './look-up.js';
import { readAnswer } from './read-answer.js';
import { fail, pass, type Step } from './step.js';

export interface Examination extends EndpointQuestion {
  readonly deliveryOrigin: string;
  readonly viewer: Viewer | undefined;
}

/** Goes the way of a page, step by step, and stops where it ends. Tells each step when it is done. */
export async function* examine(
  examination: Examination,
  context: CliContext,
): AsyncGenerator<Step, void> {
  const localSeconds = context.now() / 1000;
  const preflightedHeaders = listPreflightedHeaders(examination);
  let answer: HttpAnswer;
  let preflight: HttpAnswer | undefined;
  try {
    preflight =
      preflightedHeaders.length > 0 ? await askPreflight(examination, context) : undefined;
    answer = await askEndpoint(examination, context);
  } catch (error) {
    const message = `It cannot be reached: ${describeNetworkError(error)}.`;
    yield fail('endpoint', 'network', message);
    return;
  }
  const { origin, credentials, login } = examination;
  const hasCredentials = credentials === 'include';
  const cors =
    origin !== undefined && isCrossOrigin(examination)
      ? [checkCors({ origin, hasCredentials, answer, preflight, preflightedHeaders })]
      : [];
  const isCookieKeptBack = login.cookie !== undefined && !sendsCookies(examination);
  const read = readAnswer(answer, isCookieKeptBack);
  yield 'step' in read ? read.step : pass('endpoint', 'It answers with a token.');
  yield* cors;
  if ('step' in read) return;
  const facts = readFacts(readToken(read.token), localSeconds);
  const token = checkToken(facts, examination.videoId);
  yield token;
  if (token.status !== 'failed') {
    yield* await tryToken(read.token, facts, answer, examination, context);
  }
}

async function tryToken(
  token: string,
  facts: TokenFacts,
  { clock: endpoint }: HttpAnswer,
  examination: Examination,
  context: CliContext,
): Promise<readonly Step[]> {
  const { deliveryOrigin, origin, videoId } = examination;
  const manifestUrl = `${deliveryOrigin}/${token}/manifest/video.m3u8`;
  const { steps, refused, clock: stream } = await fetchMedia(manifestUrl, origin, context);
  const localSeconds = context.now() / 1000;
  const clock = checkClock(facts, { localSeconds, endpoint, stream });
  if (!refused) return [clock, ...steps];
  if (clock.status === 'failed') {
    const message = `Stream refuses the token (${refused.answer.status}), as it must.`;
    return [clock, ...steps, fail(refused.step, 'clock', message)];
  }
  const viewer =
    examination.viewer ??
    (facts.rules.whole?.length ? await lookUpViewer(deliveryOrigin, context) : {});
  const explained = explainRefusal({
    step: refused.step,
    status: refused.answer.status,
    token: facts,
    streamSeconds: stream?.serverSeconds ?? localSeconds,
    origin,
    viewer,
    account: await lookUpAccount(videoId, context),
  });
  return [clock, ...steps, explained];
}
