/** Waits until something is so, looking twenty times a second. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 45_000,
): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error(`It never came that ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
