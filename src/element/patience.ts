/**
 * How long a viewer is not told of what may pass by itself, in milliseconds: longer than the pause
 * after a first failure can be and the next try takes, so that one failure alone is never told.
 */
export const PATIENCE_MS = 2500;
