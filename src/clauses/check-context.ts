/**
 * What a check works with: it sends requests, observes their effects and shares results with other cases. Every
 * exchange is kept as evidence.
 */
import type { Exchange } from '../client/exchange.ts';
import { serviceOf } from '../contract/contracts.ts';
import { findOperation, revisionAt } from '../contract/questions.ts';
import type { Operation, OperationId, Revision } from '../contract/model.ts';
import { formatMicroversion, type Microversion } from '../microversion.ts';
import { shownIn, unusable, type Checked } from './checked.ts';
import { HarnessError, TokenLost } from '../execution/errors.ts';
import { recordInputs, type Inputs } from '../execution/inputs.ts';
import { judgeShown } from '../execution/poll.ts';
import { buildTwice } from '../execution/rebuild.ts';
import { sendRequest, type ServiceRequest } from '../execution/send-request.ts';
import type { Creation } from '../resources/creations.ts';
import type { Reservation } from '../resources/reservations.ts';
import { newName, type ResourceKind } from '../resources/resource-type.ts';
import type { TestedService } from '../execution/tested-service.ts';
import type { Transcript } from '../execution/transcript.ts';
import type { Finding } from './verdict.ts';
import { freshRunContext, type RunContext } from '../execution/run-context.ts';

export interface CheckContext {
  readonly run: RunContext;
  /** The service of the clause: its contract, schemas, endpoint and supported microversions. */
  readonly service: TestedService;
  readonly microversion: Microversion;
  /** The operation of the clause and its contract at this microversion. */
  readonly operation: Operation;
  readonly revision: Revision;
  /** Accounts for the resources that the case uses. */
  readonly reservation: Reservation;
  /** The request under test: by default as the member, at the case's microversion. */
  readonly call: (operation: OperationId, options: CallOptions) => Promise<Exchange>;
  /** Any other request; also kept as evidence. */
  readonly send: (request: ServiceRequest) => Promise<Exchange>;
  /** Polls until a condition is met; a finding after the timeout. @throws Unreached if the last look shows no state */
  readonly eventually: (wait: Wait) => Promise<readonly Finding[]>;
  /**
   * Something that the case starts from, created or leased. Its value is plain JSON and is kept with the evidence, so
   * that the case can be re-evaluated; a value obtained in any other way is not available then.
   */
  readonly fixture: <T>(make: () => Promise<T>) => Promise<T>;
  /** A name of the run that no other resource has; the run's own name is not available when a case is re-evaluated. */
  readonly newName: (kind: ResourceKind, label?: string) => Promise<string>;
  /** A random UUID that identifies nothing. */
  readonly uuid: () => string;
  /**
   * Runs once per run and key; its exchanges become evidence of every case that shares it. `of`: the operation that it
   * is about, by default that of the clause.
   */
  readonly shared: <T>(key: string, make: (ctx: CheckContext) => Promise<T>, of?: OperationId) => Promise<T>;
  /** Registers a callback that runs after the verdict; the last one registered runs first. */
  readonly after: (end: () => Promise<void> | void) => void;
}

export interface CallOptions extends Partial<
  Pick<ServiceRequest, 'query' | 'body' | 'rawBody' | 'headers' | 'without' | 'as' | 'purpose'>
> {
  /** Values of the path parameters, not yet encoded. */
  readonly path: Readonly<Record<string, string>>;
  /** As text; `none` sends no version header. Defaults to the microversion of the case. */
  readonly microversion?: string;
}

export interface Wait {
  readonly look: () => Promise<Exchange>;
  /** Called only with responses that show the state: 200 or 404. */
  readonly until: (shown: Checked) => boolean;
  /** What is waited for: `volume status in-use`. */
  readonly expected: string;
  /** Describes the state that an exchange shows instead. */
  readonly seen: (shown: Checked) => string;
  readonly timeoutMs: number;
}

/** A check context with what the case runner needs. */
export interface OpenCheckContext extends CheckContext {
  /** All exchanges so far, including those that the check has not received. */
  readonly log: readonly Exchange[];
  readonly transcript: () => Transcript;
  /** Runs all callbacks of `after`; fails with the first error. */
  readonly close: () => Promise<void>;
}

/** `inputs`: the source of the check's inputs; by default they are received from the target and recorded. */
export function openCheckContext(
  run: RunContext,
  operationId: OperationId,
  microversion: Microversion,
  reservation: Reservation,
  inputs: Inputs = recordInputs(),
): OpenCheckContext {
  const service = run.service(serviceOf(operationId));
  const operation = findOperation(service.contract, operationId);
  const revision = operation && revisionAt(operation, microversion);
  if (!operation || !revision) {
    throw new HarnessError(`The contract has no ${operationId} at ${formatMicroversion(microversion)}`);
  }
  const log: Exchange[] = [];
  const ends: (() => Promise<void> | void)[] = [];
  let closed = false;
  const after = (end: () => Promise<void> | void): void => {
    // Recorded inputs lease nothing, so there is nothing to return.
    if (inputs.areRecorded) return;
    // A check that exceeded its timeout may still lease something after `close`; it is returned at once.
    if (closed) run.background(runAll([end]));
    else ends.push(end);
  };
  const creations: Creation[] = [];
  /** What a check created before the last request is removed when it creates more: faults accept many requests. */
  const beginCreation = async (request: ServiceRequest): Promise<Creation | undefined> => {
    while (creations.length > 1 || creations.some(({ size }) => size > 1)) await creations.shift()?.end();
    const creation = await run.creations?.begin(request, reservation.charge);
    if (!creation) return undefined;
    creations.push(creation);
    after(() => run.background(creation.end()));
    return creation;
  };
  const send = (request: ServiceRequest): Promise<Exchange> =>
    inputs.request(async (instead, keep) => {
      const isUnderTest = request.purpose === 'act' && !inputs.areRecorded;
      const creation = isUnderTest ? await beginCreation(request) : undefined;
      const sending = sendRequest(
        { ...run, ...instead },
        creation ? { ...request, creates: true } : request,
        (received) => {
          log.push(received);
          keep(received);
        },
      );
      const exchange = await sending.catch((error: unknown) => {
        if (error instanceof HarnessError) creation?.cancel();
        throw error;
      });
      await creation?.settle(exchange);
      return exchange;
    });
  return {
    run,
    service,
    microversion,
    operation,
    revision,
    reservation,
    log,
    send,
    fixture: inputs.fixture,
    newName: (kind, label) => inputs.fixture(() => Promise.resolve(newName(run, kind, label))),
    uuid: () => {
      const id = inputs.uuid();
      run.guard.draw(id);
      return id;
    },
    transcript: inputs.transcript,
    call: (id, options) => send(toRequest(run, id, microversion, options)),
    eventually: async (wait) => {
      const { look, until, expected, seen, timeoutMs } = wait;
      const judge = judgeShown(run.recorder, until);
      const { isMet, last: exchange, waitedMs } = await inputs.wait({ look, isMet: judge, expected, timeoutMs });
      if (isMet) return [];
      const last = shownIn(exchange);
      if (!last) throw unusable(exchange);
      return [{ kind: 'transition', exchange: last.id, expected, seen: seen(last), waitedMs: Math.round(waitedMs) }];
    },
    shared: async (key, make, of = operationId) => {
      const done = await inputs.shared(key, (recorded) => {
        const inner = (attempt: 1 | 2): OpenCheckContext => {
          const own = attempt === 1 ? run : freshRunContext(run);
          return openCheckContext(own, of, microversion, reservation, recorded());
        };
        return run.memo(key, () => executeTwice(key, run, inner, make));
      });
      log.push(...done.log);
      // Another case may complete it with a valid token.
      if ('error' in done && done.error instanceof TokenLost) run.memo.forget(key);
      if ('error' in done) throw done.error;
      return done.value;
    },
    after,
    close: () => {
      closed = true;
      return runAll(ends.splice(0).reverse());
    },
  };
}

/** Runs all of them, even if some fail. @throws the first error, when all have run */
async function runAll(ends: readonly (() => Promise<void> | void)[]): Promise<void> {
  const errors: Error[] = [];
  for (const end of ends) {
    try {
      await end();
    } catch (error) {
      errors.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
  if (errors[0]) throw errors[0];
}

/** A completed shared request, with everything received until then. */
type Executed<T> = { readonly log: readonly Exchange[]; readonly transcript: Transcript } & (
  { readonly value: T } | { readonly error: Error }
);

/** Repeats once, on fresh fixtures, what failed in its preparation. Leases are returned after each attempt. */
async function executeTwice<T>(
  key: string,
  run: RunContext,
  inner: (attempt: 1 | 2) => OpenCheckContext,
  make: (ctx: CheckContext) => Promise<T>,
): Promise<Executed<T>> {
  let done: Executed<T> | undefined;
  let closing: Promise<void> | undefined;
  const attempt = async (count: 1 | 2): Promise<Executed<T>> => {
    // The capacity of a case is limited: the leases of the first attempt are returned before the second one starts.
    await closing?.catch(() => undefined);
    const ctx = inner(count);
    const executed = await execute(ctx, make);
    // A second attempt that failed for lack of capacity shows nothing: the result of the first one stands.
    const isUntried = done && 'error' in executed && executed.error instanceof HarnessError;
    if (!isUntried) done = executed;
    closing = ctx.close();
    run.background(closing);
    if ('error' in executed) throw executed.error;
    return executed;
  };
  try {
    return await buildTwice(`shared request ${key}`, attempt, run.rebuilt);
  } catch (error) {
    if (done) return done;
    throw error;
  }
}

/** Runs a shared request in its own check context. */
async function execute<T>(ctx: OpenCheckContext, make: (ctx: CheckContext) => Promise<T>): Promise<Executed<T>> {
  try {
    const value = await make(ctx);
    return { value, log: [...ctx.log], transcript: ctx.transcript() };
  } catch (raised) {
    const error = raised instanceof Error ? raised : new Error(String(raised));
    return { error, log: [...ctx.log], transcript: ctx.transcript() };
  }
}

function toRequest(run: RunContext, id: OperationId, microversion: Microversion, options: CallOptions): ServiceRequest {
  const operation = findOperation(run.service(serviceOf(id)).contract, id);
  if (!operation) throw new HarnessError(`The contract has no ${id}`);
  const { path, microversion: version = formatMicroversion(microversion), ...rest } = options;
  return {
    purpose: 'act',
    ...rest,
    service: serviceOf(id),
    method: operation.method,
    path: fillPath(operation.path, path),
    operation: id,
    ...(version === 'none' ? {} : { microversion: version }),
  };
}

/** Replaces the names in braces by values, encoded so that no value can change the path. */
export function fillPath(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new HarnessError(`${template} needs a value for ${name}`);
    // Even when encoded, these can be read as steps up the path.
    if (value === '.' || value === '..') throw new HarnessError(`${template} cannot have "${value}" as ${name}`);
    return encodeURIComponent(value);
  });
}
