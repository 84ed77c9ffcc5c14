/** Where the test runner takes orders to act as a viewer. */
export const VIEWER_PATH = '/__viewer';
