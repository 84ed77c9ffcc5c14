/**
 * A signal that is aborted with the first of some; `AbortSignal.any` is younger than the browsers
 * that have to play HLS by themselves.
 *
 * @returns the signal, and a function that stops listening to the others
 */
export function anySignal(signals: readonly AbortSignal[]): readonly [AbortSignal, () => void] {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  for (const signal of signals) signal.addEventListener('abort', abort, { once: true });
  if (signals.some(({ aborted }) => aborted)) abort();
  return [
    controller.signal,
    () => {
      for (const signal of signals) signal.removeEventListener('abort', abort);
    },
  ];
}
