/** Reasons why a case is not decided; none of them counts as a finding. */
import type { Exchange } from '../client/exchange.ts';

/** A precondition was not met: the verdict is `inconclusive`. */
export class Unreached extends Error {
  readonly code = 'unreached';
  /** The cause, the same text for every case that depends on it: `server ACTIVE`. */
  readonly root: string;
  /** The exchange that shows it, if there is one. */
  readonly exchange: Exchange | undefined;

  constructor(root: string, message: string, exchange?: Exchange) {
    super(message);
    this.root = root;
    this.exchange = exchange;
  }
}

/** No complete response was received: the verdict is `error`. */
export class TransportError extends Error {
  readonly code = 'transport';

  constructor(exchange: Exchange) {
    const { method, url } = exchange.request;
    super(`${method} ${url} got no complete response: ${exchange.failure?.code}: ${exchange.failure?.message}`);
  }
}

/** A defect of the harness or a suite, such as an operation that the contract does not have. */
export class HarnessError extends Error {
  readonly code = 'harness';
}

/** The subject of the clause does not occur here: the verdict is `not-applicable`. */
export class NotBound extends Error {
  readonly code = 'not-bound';
}

/** The token of a request under test was no longer valid: the response says nothing about the clause. */
export class TokenLost extends Unreached {}

/** The run was stopped before the case had what it needs: the verdict is `not-attempted`. */
export class Stopped extends Error {
  readonly code = 'stopped';
}

/** The limits of the run do not allow what the case needs: the verdict is `not-attempted`. */
export class NoCapacity extends Error {
  readonly code = 'no-capacity';
  /** What the operator can do, as a full sentence. */
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}
