/** The policy that lets only pages of the allowed hosts, and the player itself, frame the page. */
export function buildFrameAncestors(allowedOrigins: readonly string[]): string {
  return `frame-ancestors 'self' ${allowedOrigins.join(' ')}`;
}

/** The player's page; `refusal` says why its video may not be played. */
export function buildPlayerPage(playerOrigin: string, refusal: string | undefined): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Stream player</title>
    <style>
      :root { --primary: #f48120; --letterbox: #000; }
      html, body { height: 100%; margin: 0; background: var(--letterbox); overflow: hidden; }
      video { position: absolute; width: 100%; height: 100%; accent-color: var(--primary); }
      [role='alert'] {
        position: absolute; inset: auto 0 0; margin: 0; padding: 1em; color: #fff;
        border-top: 3px solid var(--primary); background: rgb(0 0 0 / 80%);
        font: 16px/1.4 system-ui, sans-serif; text-align: center;
      }
    </style>
  </head>
  <body${refusal === undefined ? '' : ` data-refusal="${escapeAttribute(refusal)}"`}>
    <video playsinline></video>
    <p role="alert" hidden></p>
    <script src="${playerOrigin}/embed/hls.js"></script>
    <script src="${playerOrigin}/embed/player.js"></script>
  </body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
