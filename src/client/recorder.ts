/**
 * Sends requests and keeps what happened: every exchange gets an id, its time, and leaves redacted; what judges it finds
 * what was received by `received.ts`.
 *
 * Keeps the run's totals; who needs the exchanges of one case collects them in a log of its own.
 */
import { clientBudgets } from './budgets.ts';
import type { OperationId } from '../contract/model.ts';
import type { Exchange, Purpose, SentRequest } from './exchange.ts';
import type { HttpClient, HttpOutcome } from './http-client.ts';
import { createManners, type Manners, type MannersOptions } from './manners.ts';
import { keepWhole } from './received.ts';
import type { Redactor } from './redaction.ts';

export interface Recorder {
  readonly send: (errand: Errand) => Promise<Recorded>;
  readonly redactor: Redactor;
  readonly totals: () => Totals;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Is the same to be sent once more? Resolves when the pause before that is over. */
  readonly again: Manners['again'];
  /** Why the target counts as lost, as a sentence; undefined while it can be reached. */
  readonly lost: Manners['lost'];
  /** Has this kind of request been answered with errors of the server only, for long? */
  readonly isFailing: Manners['isFailing'];
}

export interface Errand {
  readonly purpose: Purpose;
  /** From 2 on, of a request that is sent again. */
  readonly attempt?: number;
  /** It makes something; not kept. */
  readonly creates?: true;
  /** A failure that was seen before is confirmed; not kept. */
  readonly isConfirming?: true;
  readonly operation?: OperationId;
  readonly identity: string;
  readonly request: SentRequest;
}

/** `outcome` holds secrets and goes no further than the module that asked. */
export interface Recorded {
  readonly exchange: Exchange;
  readonly outcome: HttpOutcome;
}

export interface Totals {
  readonly exchanges: number;
  /** Sum over all exchanges. */
  readonly targetMs: number;
  /** Time during which at least one request waited. */
  readonly targetBusyMs: number;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Told of every exchange twice, without secrets: when the request leaves, and when it is over. */
export interface Trace {
  readonly sent: (exchange: Exchange) => void;
  readonly over: (exchange: Exchange) => void;
}

/** Cut after redaction, so that no secret is cut in half and missed. */
function shortened(exchange: Exchange): Exchange {
  const { response } = exchange;
  if (!response?.truncatedBytes || response.body.length <= clientBudgets.keptBytes) return exchange;
  const body = response.body.slice(0, clientBudgets.keptBytes);
  const truncatedBytes = response.truncatedBytes + response.body.length - body.length;
  return { ...exchange, response: { ...response, body, truncatedBytes } };
}

/** Without `pace`: as fast as it goes, with a pause where a service asks for one. */
export interface RecorderOptions extends Omit<MannersOptions, 'now'> {
  readonly trace?: Trace | undefined;
}

export function createRecorder(
  http: HttpClient,
  redactor: Redactor,
  clock: Clock,
  { trace, ...rest }: RecorderOptions = {},
): Recorder {
  const manners = createManners({ ...rest, now: clock.now });
  let count = 0;
  let targetMs = 0;
  let busyMs = 0;
  let waiting = 0;
  let busySince = 0;

  const send = async (errand: Errand): Promise<Recorded> => {
    const { purpose, attempt, operation, identity, request } = errand;
    const { url } = request;
    const turn = manners.turn(url);
    if (turn) await turn;
    count += 1;
    const startedAt = clock.now();
    const about = { ...(attempt === undefined ? {} : { attempt }), ...(operation === undefined ? {} : { operation }) };
    const begun = {
      id: `x${count}`,
      purpose,
      ...about,
      identity,
      request,
      startedAt: new Date(startedAt).toISOString(),
    };
    trace?.sent(redactor.exchange({ ...begun, durationMs: 0 }));
    if (waiting++ === 0) busySince = startedAt;
    const outcome = await http.send(errand.request, errand.identity);
    manners.heed(request, outcome);
    const endedAt = clock.now();
    if (--waiting === 0) busyMs += endedAt - busySince;
    targetMs += endedAt - startedAt;
    const ended: Exchange = {
      ...begun,
      ...(outcome.response ? { response: outcome.response } : { failure: outcome.failure }),
      durationMs: Math.round((endedAt - startedAt) * 10) / 10,
    };
    const exchange = shortened(redactor.exchange(ended));
    // Who signs in reads the outcome itself.
    if (purpose !== 'sign-in') keepWhole(exchange, shortened(ended));
    trace?.over(exchange);
    return { exchange, outcome };
  };
  return {
    send,
    redactor,
    now: clock.now,
    again: manners.again,
    lost: manners.lost,
    isFailing: manners.isFailing,
    totals: () => ({ exchanges: count, targetMs, targetBusyMs: busyMs }),
  };
}
