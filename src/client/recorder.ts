/**
 * Sends requests and records them: every exchange gets an id and its time, and is redacted; checks read the response as
 * received through `received.ts`.
 *
 * Keeps the totals of the run; the exchanges of one case are collected by its caller.
 */
import { clientTimeouts } from './timeouts.ts';
import type { OperationId } from '../contract/model.ts';
import type { Exchange, Purpose, SentRequest } from './exchange.ts';
import type { HttpClient, HttpOutcome } from './http-client.ts';
import { createRequestPolicy, type RequestPolicy, type RequestPolicyOptions } from './request-policy.ts';
import { keepWhole } from './received.ts';
import type { Redactor } from './redaction.ts';

export interface Recorder {
  readonly send: (requestFacts: RequestFacts) => Promise<Recorded>;
  readonly redactor: Redactor;
  readonly totals: () => Totals;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Whether to send the request again. Resolves after the pause before that. */
  readonly again: RequestPolicy['again'];
  /** Why the target counts as lost, as a sentence; undefined while it can be reached. */
  readonly lost: RequestPolicy['lost'];
  /** Whether this kind of request has been answered only with server errors for long. */
  readonly isFailing: RequestPolicy['isFailing'];
}

export interface RequestFacts {
  readonly purpose: Purpose;
  /** From 2 on, for a retry. */
  readonly attempt?: number;
  /** It creates something; not recorded. */
  readonly creates?: true;
  /** It confirms an earlier failure; not recorded. */
  readonly isConfirming?: true;
  readonly operation?: OperationId;
  readonly identity: string;
  readonly request: SentRequest;
}

/** `outcome` contains secrets and must not leave the calling module. */
export interface Recorded {
  readonly exchange: Exchange;
  readonly outcome: HttpOutcome;
}

export interface Totals {
  readonly exchanges: number;
  /** Sum over all exchanges. */
  readonly targetMs: number;
  /** Time during which at least one request was pending. */
  readonly targetBusyMs: number;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Receives every exchange twice, redacted: when the request is sent, and when it is completed. */
export interface Trace {
  readonly sent: (exchange: Exchange) => void;
  readonly over: (exchange: Exchange) => void;
}

/** Called after redaction, so that no secret is cut in half and missed. */
function shortened(exchange: Exchange): Exchange {
  const { response } = exchange;
  if (!response?.truncatedBytes || response.body.length <= clientTimeouts.keptBytes) return exchange;
  const body = response.body.slice(0, clientTimeouts.keptBytes);
  const truncatedBytes = response.truncatedBytes + response.body.length - body.length;
  return { ...exchange, response: { ...response, body, truncatedBytes } };
}

/** Without `pace` there is no rate limit, only the pauses that services ask for. */
export interface RecorderOptions extends Omit<RequestPolicyOptions, 'now'> {
  readonly trace?: Trace | undefined;
}

export function createRecorder(
  http: HttpClient,
  redactor: Redactor,
  clock: Clock,
  { trace, ...rest }: RecorderOptions = {},
): Recorder {
  const requestPolicy = createRequestPolicy({ ...rest, now: clock.now });
  let count = 0;
  let targetMs = 0;
  let busyMs = 0;
  let waiting = 0;
  let busySince = 0;

  const send = async (requestFacts: RequestFacts): Promise<Recorded> => {
    const { purpose, attempt, operation, identity, request } = requestFacts;
    const { url } = request;
    const turn = requestPolicy.turn(url);
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
    const outcome = await http.send(requestFacts.request, requestFacts.identity);
    requestPolicy.observe(request, outcome);
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
    again: requestPolicy.again,
    lost: requestPolicy.lost,
    isFailing: requestPolicy.isFailing,
    totals: () => ({ exchanges: count, targetMs, targetBusyMs: busyMs }),
  };
}
