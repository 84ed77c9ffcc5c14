/** How long a viewer is not told of what may pass by itself, in milliseconds. */
export const PATIENCE_MS = 1500;
