import type { FastifyReply, FastifyRequest } from 'fastify';

/** Sends the bytes, or the one range of them that was asked for. */
export function sendRange(
  request: FastifyRequest,
  reply: FastifyReply,
  body: Buffer,
): FastifyReply {
  reply.header('accept-ranges', 'bytes');
  const { range } = request.headers;
  if (range === undefined) return reply.send(body);
  const parsed = parseRange(range, body.length);
  // A form of range that is not understood is ignored, as the specification has it.
  if (parsed === 'ignore') return reply.send(body);
  if (parsed === 'unsatisfiable') {
    return reply
      .code(416)
      .header('content-range', `bytes */${body.length}`)
      .type('text/plain; charset=utf-8')
      .send('Range not satisfiable');
  }
  const { first, last } = parsed;
  return reply
    .code(206)
    .header('content-range', `bytes ${first}-${last}/${body.length}`)
    .send(body.subarray(first, last + 1));
}

function parseRange(
  header: string,
  length: number,
): { first: number; last: number } | 'ignore' | 'unsatisfiable' {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return 'ignore';
  if (from === '') {
    const count = Math.min(Number(to), length);
    return count === 0 ? 'unsatisfiable' : { first: length - count, last: length - 1 };
  }
  const first = Number(from);
  const last = to === '' ? length - 1 : Math.min(Number(to), length - 1);
  if (first >= length) return 'unsatisfiable';
  return last < first ? 'ignore' : { first, last };
}
