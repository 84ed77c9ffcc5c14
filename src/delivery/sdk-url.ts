/** The Stream SDK, where its vendor has it. */
export const VENDOR_SDK_URL = 'https://embed.cloudflarestream.com/embed/sdk.latest.js';
