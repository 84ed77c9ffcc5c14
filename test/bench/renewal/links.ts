/** kb/s at the start, and from second 20 on. */
export const LINKS = {
  steady: [4000, 4000],
  'to 500': [4000, 500],
  'to 300': [4000, 300],
} as const;
export type LinkName = keyof typeof LINKS;
