/**
 * A request turned down, on its way to the service's own error envelope.
 */

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  /** Further headers of the answer, such as the version that was refused. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** An error that a service did not foresee: the client sees a 500 with the name of the class that was raised. */
export class Mishap extends Error {
  override readonly name = 'Mishap';
  readonly raised: string;

  constructor(raised: string) {
    super(`unforeseen ${raised}`);
    this.raised = raised;
  }
}

export const badRequest = (message: string): Refusal => new Refusal(400, message);
export const forbidden = (message: string): Refusal => new Refusal(403, message);
export const notFound = (message: string): Refusal => new Refusal(404, message);
export const conflict = (message: string): Refusal => new Refusal(409, message);
