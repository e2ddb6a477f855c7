/**
 * Where a check acts: it calls operations, looks at their effects and shares what others have made, and all that
 * happens is kept as evidence.
 */
import type { Exchange } from '../client/exchange.ts';
import { findOperation, revisionAt } from '../contract/questions.ts';
import type { Operation, OperationId, Revision } from '../contract/model.ts';
import { formatMicroversion, type Microversion } from '../microversion.ts';
import { shownIn, unusable, type Checked } from './checked.ts';
import { HarnessError, TokenLost } from './errors.ts';
import { recordInputs, type Inputs } from './inputs.ts';
import { judgeShown } from './poll.ts';
import { buildTwice } from './rebuild.ts';
import { sendRequest, type ServiceRequest } from './send.ts';
import type { Ticket } from './tickets.ts';
import type { Transcript } from './transcript.ts';
import type { Finding } from './verdict.ts';
import { freshWorld, type World } from './world.ts';

export interface Stage {
  readonly world: World;
  readonly microversion: Microversion;
  /** The operation of the clause and its contract at this microversion. */
  readonly operation: Operation;
  readonly revision: Revision;
  /** For what the case takes up in the target. */
  readonly ticket: Ticket;
  /** The act under judgement: a documented operation, as the member and at the case's microversion unless told else. */
  readonly call: (operation: OperationId, options: CallOptions) => Promise<Exchange>;
  /** Any other request; kept as evidence too. */
  readonly send: (request: ServiceRequest) => Promise<Exchange>;
  /** Looks until something holds; a finding when it does not in time. @throws Unreached when the last look shows nothing */
  readonly eventually: (wait: Wait) => Promise<readonly Finding[]>;
  /**
   * Something that the case starts from, made or borrowed; its value is plain JSON. It is kept with the evidence, so
   * that the case can be judged again: what is made outside cannot be found again there.
   */
  readonly prop: <T>(make: () => Promise<T>) => Promise<T>;
  /** An identifier that nothing has, drawn by lot. */
  readonly uuid: () => string;
  /** Done once in a run under this key; its exchanges become evidence of every case that shares it. */
  readonly shared: <T>(key: string, make: (stage: Stage) => Promise<T>) => Promise<T>;
  /** Runs after the verdict, last one first. */
  readonly after: (end: () => Promise<void> | void) => void;
}

export interface CallOptions extends Partial<
  Pick<ServiceRequest, 'query' | 'body' | 'rawBody' | 'headers' | 'without' | 'as' | 'purpose'>
> {
  /** Values of the path's names, not yet encoded. */
  readonly path: Readonly<Record<string, string>>;
  /** As text; `none` sends no version header. The case's own when missing. */
  readonly microversion?: string;
}

export interface Wait {
  readonly look: () => Promise<Exchange>;
  /** Asked of looks that show the state only, with 200 or 404. */
  readonly holds: (shown: Checked) => boolean;
  /** What is waited for: `volume status in-use`. */
  readonly expected: string;
  /** What an exchange shows instead. */
  readonly seen: (shown: Checked) => string;
  readonly budgetMs: number;
}

/** A stage with what the case runner needs of it. */
export interface OpenStage extends Stage {
  /** All exchanges so far, also those that the check has not received. */
  readonly log: readonly Exchange[];
  readonly transcript: () => Transcript;
  /** Runs all that `after` collected; fails with the first error among it. */
  readonly close: () => Promise<void>;
}

/** `inputs`: where those of the check come from; as a run goes they are received and recorded. */
export function openStage(
  world: World,
  operationId: OperationId,
  microversion: Microversion,
  ticket: Ticket,
  inputs: Inputs = recordInputs(),
): OpenStage {
  const operation = findOperation(world.contract, operationId);
  const revision = operation && revisionAt(operation, microversion);
  if (!operation || !revision) {
    throw new HarnessError(`The contract has no ${operationId} at ${formatMicroversion(microversion)}`);
  }
  const log: Exchange[] = [];
  const ends: (() => Promise<void> | void)[] = [];
  let closed = false;
  const send = (request: ServiceRequest): Promise<Exchange> =>
    inputs.request((instead, keep) =>
      sendRequest({ ...world, ...instead }, request, (exchange) => {
        log.push(exchange);
        keep(exchange);
      }),
    );
  return {
    world,
    microversion,
    operation,
    revision,
    ticket,
    log,
    send,
    prop: inputs.prop,
    uuid: () => {
      const id = inputs.uuid();
      world.guard.draw(id);
      return id;
    },
    transcript: inputs.transcript,
    call: (id, options) => send(toRequest(world, id, microversion, options)),
    eventually: async (wait) => {
      const { look, holds, expected, seen, budgetMs } = wait;
      const judge = judgeShown(world.recorder, holds);
      const { held, last: exchange, waitedMs } = await inputs.wait({ look, holds: judge, expected, budgetMs });
      if (held) return [];
      const last = shownIn(exchange);
      if (!last) throw unusable(exchange);
      return [{ kind: 'transition', exchange: last.id, expected, seen: seen(last), waitedMs: Math.round(waitedMs) }];
    },
    shared: async (key, make) => {
      const done = await inputs.shared(key, (recorded) => {
        const inner = (attempt: 1 | 2): OpenStage => {
          const own = attempt === 1 ? world : freshWorld(world);
          return openStage(own, operationId, microversion, ticket, recorded());
        };
        return world.memo(key, () => performTwice(key, world, inner, make));
      });
      log.push(...done.log);
      // Another case, with a token that is good, completes it.
      if ('error' in done && done.error instanceof TokenLost) world.memo.forget(key);
      if ('error' in done) throw done.error;
      return done.value;
    },
    after: (end) => {
      // Where nothing was taken, nothing is to be put back.
      if (inputs.areRecorded) return;
      // A check that was given up on may borrow after its curtain; that goes back at once.
      if (closed) world.background(runAll([end]));
      else ends.push(end);
    },
    close: () => {
      closed = true;
      return runAll(ends.splice(0).reverse());
    },
  };
}

/** Runs every one, whatever the others do. @throws the first error of them, when all have run */
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

/** A shared act that is over, with all that had been received until then. */
type Performed<T> = { readonly log: readonly Exchange[]; readonly transcript: Transcript } & (
  { readonly value: T } | { readonly error: Error }
);

/** What did not get as far as its act is performed once more, on fresh fixtures. What it borrowed goes back when it is done. */
async function performTwice<T>(
  key: string,
  world: World,
  inner: (attempt: 1 | 2) => OpenStage,
  make: (stage: Stage) => Promise<T>,
): Promise<Performed<T>> {
  let done: Performed<T> | undefined;
  let givingBack: Promise<void> | undefined;
  const attempt = async (count: 1 | 2): Promise<Performed<T>> => {
    // A case may have so much and no more: what the first attempt had goes back before the second one asks.
    await givingBack?.catch(() => undefined);
    const stage = inner(count);
    const performed = await perform(stage, make);
    // A second attempt for which the harness has no room left tells nothing: the first one stands.
    const isUntried = done && 'error' in performed && performed.error instanceof HarnessError;
    if (!isUntried) done = performed;
    givingBack = stage.close();
    world.background(givingBack);
    if ('error' in performed) throw performed.error;
    return performed;
  };
  try {
    return await buildTwice(`shared request ${key}`, attempt, world.rebuilt);
  } catch (error) {
    if (done) return done;
    throw error;
  }
}

/** Performs a shared act on a stage of its own. */
async function perform<T>(stage: OpenStage, make: (stage: Stage) => Promise<T>): Promise<Performed<T>> {
  try {
    const value = await make(stage);
    return { value, log: [...stage.log], transcript: stage.transcript() };
  } catch (raised) {
    const error = raised instanceof Error ? raised : new Error(String(raised));
    return { error, log: [...stage.log], transcript: stage.transcript() };
  }
}

function toRequest(world: World, id: OperationId, microversion: Microversion, options: CallOptions): ServiceRequest {
  const operation = findOperation(world.contract, id);
  if (!operation) throw new HarnessError(`The contract has no ${id}`);
  const { path, microversion: version = formatMicroversion(microversion), ...rest } = options;
  return {
    purpose: 'act',
    ...rest,
    service: world.contract.service,
    method: operation.method,
    path: fillPath(operation.path, path),
    operation: id,
    ...(version === 'none' ? {} : { microversion: version }),
  };
}

/** Puts values in the place of names in braces, encoded so that none can change the path. */
export function fillPath(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new HarnessError(`${template} needs a value for ${name}`);
    // No encoding keeps these from being taken for steps up the path.
    if (value === '.' || value === '..') throw new HarnessError(`${template} cannot take "${value}" for ${name}`);
    return encodeURIComponent(value);
  });
}
