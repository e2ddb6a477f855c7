/** Why a case is not decided: neither is ever counted as a finding. */
import type { Exchange } from '../client/exchange.ts';

/** The precondition could not be reached: the verdict is `inconclusive`. */
export class Unreached extends Error {
  readonly code = 'unreached';
  /** Names the root, the same text for every case that hangs on it: `server ACTIVE`. */
  readonly root: string;
  /** The exchange that shows it, where there is one. */
  readonly exchange: Exchange | undefined;

  constructor(root: string, message: string, exchange?: Exchange) {
    super(message);
    this.root = root;
    this.exchange = exchange;
  }
}

/** No complete response came: the verdict is `error`. */
export class TransportError extends Error {
  readonly code = 'transport';

  constructor(exchange: Exchange) {
    const { method, url } = exchange.request;
    super(`${method} ${url} got no complete response: ${exchange.failure?.code}: ${exchange.failure?.message}`);
  }
}

/** The harness asked for something that cannot be, such as an operation that the contract does not have. */
export class HarnessError extends Error {
  readonly code = 'harness';
}

/** What the clause speaks of does not occur here: the verdict is `not-applicable`. */
export class NotBound extends Error {
  readonly code = 'not-bound';
}

/** The token of an act was no longer good: the target's answer tells nothing about the clause. */
export class TokenLost extends Unreached {}

/** The run is told to stop, and this case had not all that it needs: the verdict is `not-attempted`. */
export class Stopped extends Error {
  readonly code = 'stopped';
}

/** The limits of the run do not allow what the case needs: the verdict is `not-attempted`. */
export class NoRoom extends Error {
  readonly code = 'no-room';
  /** What would allow it, a full sentence. */
  readonly mend: string;

  constructor(message: string, mend: string) {
    super(message);
    this.mend = mend;
  }
}
