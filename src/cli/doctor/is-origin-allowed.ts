/**
 * Whether a page may show a video with this list of allowed origins: hosts, with a port unless it is 80
 * or 443; `*.example.com` covers subdomains and not `example.com` itself. An empty list allows all.
 */
export function isOriginAllowed(allowed: readonly string[], origin: string | undefined): boolean {
  if (allowed.length === 0) return true;
  if (origin === undefined || !URL.canParse(origin)) return false;
  const { host, hostname, port } = new URL(origin);
  const isUsualPort = port === '' || port === '80' || port === '443';
  return allowed.some((entry) => {
    const rule = entry.toLowerCase();
    if (rule === '*') return true;
    if (rule.startsWith('*.')) return isUsualPort && hostname.endsWith(rule.slice(1));
    return rule === host || (isUsualPort && rule === hostname);
  });
}
