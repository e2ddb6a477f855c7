/**
 * A refused request; each service writes it as its own error response.
 */

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  /** Further headers of the response, such as the version that was refused. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** An unhandled error of a service: the client gets a 500 with the name of the raised class. */
export class UnexpectedError extends Error {
  override readonly name = 'UnexpectedError';
  readonly raised: string;

  constructor(raised: string) {
    super(`unexpected ${raised}`);
    this.raised = raised;
  }
}

/** The refusal that some work throws, if any. */
export function refusalOf(work: () => unknown): Refusal | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

export const badRequest = (message: string): Refusal => new Refusal(400, message);
export const forbidden = (message: string): Refusal => new Refusal(403, message);
export const notFound = (message: string): Refusal => new Refusal(404, message);
export const conflict = (message: string): Refusal => new Refusal(409, message);
