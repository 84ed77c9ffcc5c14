/**
 * What pages do with a player that cannot be given another token while it plays: nothing, or another
 * address when the token is about to end.
 */
export type PlayerMethod = 'one-long-token' | 'no-renewal' | 'source-reload';

/** Whatever authorises the segments: such a player is given another address as a whole. */
export const PLAYER_METHODS: readonly PlayerMethod[] = [
  'one-long-token',
  'source-reload',
  'no-renewal',
];
