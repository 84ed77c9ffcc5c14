/** A request's path and query as it may be logged: no token, no signature of a media URL. */
export function redactPath(url: string): string {
  const [path = '', query = ''] = url.split('?', 2);
  const kept = query.split('&').filter((pair) => pair !== '' && !/^[ps]=/.test(pair));
  return [path, kept.join('&')].filter(Boolean).join('?').replace(TOKEN, '<token>');
}

/** Three parts with dots between: a JWT, or something given for one. */
const TOKEN = /[\w-]{8,}\.[\w-]{8,}\.[\w-]+/g;
