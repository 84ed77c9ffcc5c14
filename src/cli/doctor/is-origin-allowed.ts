const RULE = /^(\*|(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*)(?::(\d{1,5}))?$/;
const USUAL_PORTS = ['80', '443'];

/**
 * Whether a page may show a video with this list of allowed origins: hosts, with a port unless it is 80
 * or 443; `*.example.com` covers subdomains and not `example.com` itself. An empty list allows all.
 */
export function isOriginAllowed(allowed: readonly string[], origin: string | undefined): boolean {
  if (allowed.length === 0) return true;
  if (origin === undefined || !URL.canParse(origin)) return false;
  const { protocol, hostname, port: writtenPort } = new URL(origin);
  const port = writtenPort || (protocol === 'https:' ? '443' : '80');
  return allowed.some((entry) => {
    const [, host, rulePort] = RULE.exec(entry.toLowerCase()) ?? [];
    if (host === undefined) return false;
    const isPort = rulePort === undefined ? USUAL_PORTS.includes(port) : rulePort === port;
    return isPort && coversHost(host, hostname);
  });
}

function coversHost(rule: string, hostname: string): boolean {
  if (rule === '*') return true;
  return rule.startsWith('*.') ? hostname.endsWith(rule.slice(1)) : hostname === rule;
}
