import type { RequestKind } from './request-log.js';

/** Something that shall go wrong (or be slow) with requests of some kind. */
export interface Fault {
  readonly kind: RequestKind | readonly RequestKind[] | 'all';
  /** Only requests for this video or live input. */
  readonly uid?: string;
  /** Answer with this status instead of the real answer. */
  readonly status?: number;
  /** Added to the answer, real or not. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Answer with this body instead of the real answer; the status is 200 unless given. */
  readonly body?: string;
  /** Wait before anything else. Delays of several faults add up. */
  readonly delayMs?: number;
  /** Break the connection before the answer, or after half of its body. */
  readonly drop?: 'before' | 'midway';
  /** Never answer; the connection stays open. */
  readonly hang?: boolean;
  /** How many requests it affects before it goes away by itself; unlimited where absent. */
  readonly times?: number;
}

/** What all faults together do to one request. */
export interface FaultEffect {
  readonly delayMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly outcome: Fault | undefined;
}

/** The faults in force, oldest first. */
export class Faults {
  readonly #active = new Map<string, { readonly fault: Fault; left: number }>();
  #lastId = 0;

  /** Returns an id to remove it by. */
  add(fault: Fault): string {
    const id = `fault-${++this.#lastId}`;
    this.#active.set(id, { fault, left: fault.times ?? Infinity });
    return id;
  }

  remove(id: string): boolean {
    return this.#active.delete(id);
  }

  clear(): void {
    this.#active.clear();
  }

  list(): { id: string; fault: Fault }[] {
    return [...this.#active].map(([id, { fault }]) => ({ id, fault }));
  }

  /** The effect on a request that has arrived; uses up one of each matching fault's `times`. */
  take(kind: RequestKind, uid: string | undefined): FaultEffect {
    let delayMs = 0;
    let headers: Record<string, string> = {};
    let outcome: Fault | undefined;
    for (const [id, entry] of this.#active) {
      const { fault } = entry;
      if (!matches(fault, kind, uid)) continue;
      // Two faults that each end the request: the older one does, the younger one waits its turn.
      if (endsRequest(fault) && outcome) continue;
      if (endsRequest(fault)) outcome = fault;
      delayMs += fault.delayMs ?? 0;
      headers = { ...headers, ...fault.headers };
      entry.left -= 1;
      if (entry.left <= 0) this.#active.delete(id);
    }
    return { delayMs, headers, outcome };
  }
}

function matches(fault: Fault, kind: RequestKind, uid: string | undefined): boolean {
  if (fault.uid !== undefined && fault.uid !== uid) return false;
  if (fault.kind === 'all') return true;
  return typeof fault.kind === 'string' ? fault.kind === kind : fault.kind.includes(kind);
}

function endsRequest(fault: Fault): boolean {
  return (
    fault.status !== undefined ||
    fault.body !== undefined ||
    fault.drop !== undefined ||
    fault.hang === true
  );
}
