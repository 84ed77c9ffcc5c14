const RULE = /^(\*|(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*)(?::(\d{1,5}))?$/i;
const DEFAULT_PORTS = ['80', '443'];

/** Whether an owner may write this as an allowed origin: a host, no scheme and no path. */
export function isOriginRule(rule: string): boolean {
  return RULE.test(rule);
}

/**
 * Whether a page of this origin (or address) may show the video. A rule names a host, with its port
 * unless that is 80 or 443; `*.example.com` covers the subdomains only. No rules: any page may.
 */
export function isOriginAllowed(rules: readonly string[], origin: string | undefined): boolean {
  if (rules.length === 0) return true;
  if (origin === undefined || !URL.canParse(origin)) return false;
  const { protocol, hostname, port } = new URL(origin);
  const effectivePort = port || (protocol === 'https:' ? '443' : '80');
  return rules.some((rule) => {
    const [, host, rulePort] = RULE.exec(rule.toLowerCase()) ?? [];
    if (host === undefined) return false;
    const portMatches =
      rulePort === undefined ? DEFAULT_PORTS.includes(effectivePort) : rulePort === effectivePort;
    return portMatches && hostMatches(host, hostname);
  });
}

function hostMatches(rule: string, hostname: string): boolean {
  if (rule === '*') return true;
  return rule.startsWith('*.') ? hostname.endsWith(rule.slice(1)) : hostname === rule;
}
