/** An id is short. What is not may be the key itself in the wrong place, and must not be shown. */
export function isKeyId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text);
}
