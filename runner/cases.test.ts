/**
 * The only vitest file of the suites: signs in, runs the cases of the settings, and cleans up.
 *
 * Results are passed as task meta to `runner/vitest-bridge.ts`.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, inject, test } from 'vitest';
import { debugLogIn } from '../cli/run/debug-log.ts';
import { openLedgerFile } from '../cli/run/ledger-file.ts';
import { unwritable } from '../cli/run/write-guard.ts';
import { loadSuites } from '../cli/extension-suites/load-suites.ts';
import { createHttpClient } from '../src/client/http-client.ts';
import { createPace } from '../src/client/request-rate.ts';
import { createRecorder } from '../src/client/recorder.ts';
import { createRedactor } from '../src/client/redaction.ts';
import { timeouts, scale } from '../src/execution/timeouts.ts';
import { compareInventories, countInventory, takeInventory, type ResourceList } from '../src/resources/inventory.ts';
import { guardedRecorder } from '../src/execution/checked-requests.ts';
import { createConfirmations, type Spent } from '../src/execution/confirmations.ts';
import type { Clause } from '../src/clauses/clause.ts';
import type { Identity } from '../src/clauses/identity.ts';
import { Stopped } from '../src/execution/errors.ts';
import { createKeeping, keepNothing } from '../src/resources/keeping.ts';
import { createLedger, readLedger } from '../src/resources/ledger.ts';
import type { LedgerEntry } from '../src/records/ledger.ts';
import type { Rebuild } from '../src/records/run-facts.ts';
import { removeOwned } from '../src/resources/cleanup.ts';
import { runCase } from '../src/execution/run-case.ts';
import { targetOf } from '../src/execution/run-settings.ts';
import { testedServices } from '../src/execution/tested-service.ts';
import { suiteClauses } from '../src/clauses/extension-clauses.ts';
import { findingsOf, reasonOf } from '../src/clauses/verdict.ts';
import { createBackground, createMemo, type RunContext } from '../src/execution/run-context.ts';
import { readContract } from '../src/contract/contract-file.ts';
import { contractOf } from '../src/contract/cut-revisions.ts';
import { versionHeadersOf } from '../src/contract/version-header.ts';
import { leakOf } from '../src/report/leak.ts';
import { wordFinding } from '../src/report/describe-finding.ts';
import { secretsOf } from '../src/target/credentials.ts';
import { openSession } from '../src/target/open-session.ts';
import type { Session } from '../src/target/session.ts';
import { guardOf, withCreations } from '../suites/changes.ts';
import { confirmCases } from './confirm-cases.ts';
import { byOperation, operationsOf, type Part } from '../suites/by-operation.ts';
import { allClauses, operationsAlone } from '../suites/index.ts';
import { kindsOfSuites, kindsOn, resourceKinds } from '../suites/resources.ts';
import { declaredVersionHeaders } from '../suites/services.ts';
import { openCapacity } from '../suites/capacity.ts';

const settings = inject('settings');
const contracts = settings.contractFiles.map((files) => {
  const [text = '', ...operationTexts] = files.map((file) => readFileSync(file, 'utf8'));
  return contractOf(readContract(text, ...operationTexts));
});
const suites = await loadSuites(settings.suites);
const extensionClauses = suites.flatMap((suite) => suiteClauses(suite, contracts));
const clauses = new Map<string, Clause>(
  [...allClauses(contracts, operationsOf(settings.cases)), ...extensionClauses].map((clause) => [clause.id, clause]),
);
const createdBefore = readLedger(readFileSync(settings.ledgerFile, 'utf8')).filter(({ event }) => event === 'created');
const created = createdBefore.map(({ type }) => type);
const ledgerFile = openLedgerFile(settings.ledgerFile, (error) => stopWriting(error.message));
scale(settings.timeoutFactor);
const http = createHttpClient({ ...settings.connection, timeoutFactor: settings.timeoutFactor });
const redactor = createRedactor();
for (const secret of settings.secrets) redactor.learn(secret);
const clock = { now: Date.now };
let writeFailure: string | undefined;
/** Undefined until the setup completes: writes may already fail before that. */
let capacity: RunContext['capacity'] | undefined;
const debug = debugLogIn(settings.debugFile, (error) => stopWriting((error as Error).message));
const recorder = createRecorder(http, redactor, clock, {
  trace: debug?.trace,
  timeoutFactor: settings.timeoutFactor,
  ...(settings.requestsPerSecond === undefined ? {} : { pace: createPace(settings.requestsPerSecond, Date.now) }),
});
const background = createBackground();
const rebuilds: Rebuild[] = [];
let confirmedSince: number | undefined;
/** Clean-up is attempted even if the target is no longer reachable. */
let isCleaningUp = false;
const target = targetOf(settings.target);
const kinds = kindsOn(target, suites);
const knownKinds = [...resourceKinds, ...kindsOfSuites(suites)];
const common = {
  runName: settings.runName,
  target,
  service: testedServices(contracts, target),
  versionHeaders: versionHeadersOf(contracts, declaredVersionHeaders),
  recorder: guardedRecorder(recorder),
  ledger: createLedger(appendLedger, () => new Date().toISOString()),
  sessions: await signInAll(),
  capacity: (capacity = openCapacity(settings.limits, kinds)),
  memo: createMemo(),
  background: background.add,
  rebuilt: (rebuild: Rebuild) => void rebuilds.push(rebuild),
  lost: () => (isCleaningUp ? undefined : loss()),
  ...(settings.readOnly ? ({ readOnly: true } as const) : {}),
};
const run = withCreations(
  { ...common, guard: guardOf(common, { fixtures: target.fixtures, services: target.services, contracts, suites }) },
  suites,
);
const running = new Set<Promise<unknown>>();
const confirmations = createConfirmations();
const keeping = settings.keep ? createKeeping(run.ledger, run.capacity) : keepNothing;

let listsBefore: readonly ResourceList[] = [];
let startedAt = performance.now();
beforeAll(
  async ({}, suite) => {
    listsBefore = await takeInventory(run, kinds);
    suite.meta.inventory = countInventory(listsBefore);
    startedAt = performance.now();
  },
  600_000 * Math.max(1, settings.timeoutFactor),
);

const alone = operationsAlone(contracts);
const groups = [...byOperation(settings.cases, clauses)];
for (const [operation, cases] of groups.filter(([one]) => !alone.has(one))) describe(operation, () => declare(cases));
for (const [operation, cases] of groups.filter(([one]) => alone.has(one))) {
  describe.sequential(operation, () => declare(cases));
}

function declare(cases: readonly Part[]): void {
  for (const { clause, planned } of cases) {
    test(planned.id, async (context) => {
      context.signal.addEventListener('abort', () => stop(context.signal.reason), { once: true });
      if (writeFailure !== undefined) {
        context.task.meta.unwritable = writeFailure;
        return context.skip(writeFailure);
      }
      const lost = loss();
      if (lost) {
        context.task.meta.lost = lost.message;
        closeCapacity(lost);
        return context.skip(lost.message);
      }
      debug?.turn(`case ${planned.id} starts`);
      const result = await track(runCase(run, clause, planned));
      debug?.turn(`case ${planned.id}: ${result.verdict.is} after ${result.durationMs} ms`);
      context.task.meta.result = result;
      confirmations.record(planned, result);
      const { verdict } = result;
      if (verdict.is === 'fail') {
        const exchanges = new Map(result.exchanges.map((exchange) => [exchange.id, exchange]));
        throw new Error(
          findingsOf(verdict)
            .map((found) => wordFinding(found, exchanges.get(found.exchange)))
            .join('\n'),
        );
      }
      if (verdict.is === 'error') throw new Error(verdict.reason);
      const reason = reasonOf(verdict);
      if (reason !== undefined) context.skip(`${verdict.is}: ${reason}`);
    });
  }
}

confirmCases({
  ...{ confirmations, clauses, run, keeping, track, spent },
  cases: settings.cases.length,
  idle: background.done,
  isOver: () => loss() !== undefined,
  closeCapacity: () => closeCapacity(stopped),
  note: (text) => debug?.turn(text),
});

afterAll(async ({}, suite) => {
  // When a run is stopped, vitest does not wait for running cases.
  const { graceMs } = settings;
  const grace = graceMs === undefined ? [] : [pause(graceMs, undefined, { ref: false })];
  await Promise.race([Promise.allSettled(running), ...grace]);
  debug?.turn('every case is decided; removing what was created');
  const lost = recorder.lost();
  if (lost !== undefined) debug?.turn(lost);
  const troubles = await background.done();
  isCleaningUp = true;
  const { left, resourceLists } = await removeOwned(
    run,
    kinds,
    lost === undefined ? timeouts.cleanUp : timeouts.lastTry,
    keeping.kept(),
  );
  for (const trouble of troubles) debug?.turn(redactor.text(trouble));
  debug?.turn(`${left.length} resources are left behind`);
  const leaks = left.map((resource) => leakOf(resource, knownKinds, settings.clients));
  const inventory = compareInventories(listsBefore, resourceLists, run);
  const ending = { leaks, inventory, troubles, totals: recorder.totals(), created: countCreated() };
  const kept = keeping
    .kept()
    .map((resource) => ({ ...leakOf(resource, knownKinds, settings.clients), case: resource.caseId }));
  // Reasons may quote the target.
  suite.meta.ending = {
    ...redactor.value(ending),
    ...(kept.length > 0 && { kept }),
    ...(rebuilds.length > 0 && { rebuilds: redactor.value(rebuilds) }),
    ...(confirmations.next(spent()) && { isUnconfirmed: true }),
    ...(lost === undefined ? {} : { lost }),
    ...(writeFailure === undefined ? {} : { unwritable: writeFailure }),
  };
  await http.close();
}, 0);

async function signInAll(): Promise<ReadonlyMap<Identity, Session>> {
  const given = Object.entries(settings.credentials) as [
    Identity,
    NonNullable<(typeof settings.credentials)[Identity]>,
  ][];
  for (const [, credentials] of given) for (const secret of secretsOf(credentials)) redactor.learn(secret);
  const sessions = given.map(
    async ([identity, credentials]) => [identity, await openSession(identity, credentials, recorder, clock)] as const,
  );
  return new Map(await Promise.all(sessions));
}

function spent(): Spent {
  const now = performance.now();
  confirmedSince ??= now;
  return { casesMs: confirmedSince - startedAt, confirmationsMs: now - confirmedSince };
}

/** Keeps a case in `running` until it is decided. */
function track<T>(deciding: Promise<T>): Promise<T> {
  running.add(deciding);
  const remove = (): void => void running.delete(deciding);
  deciding.then(remove, remove);
  return deciding;
}

const stopped = new Stopped('The run was stopped before there was capacity for what this case needs.');

/** Rejects cases that wait for capacity, because the run stops early and creates nothing more. */
function closeCapacity(reason: Stopped): void {
  capacity?.shut(reason);
}

/** After a write error nothing more is created; running cases end as after an interrupt. */
function stopWriting(reason: string): void {
  writeFailure ??= reason;
  ledgerFile.refuse(reason);
  closeCapacity(new Stopped(reason));
}

function stop(reason: unknown): void {
  if ((reason as { readonly reason?: unknown } | undefined)?.reason === unwritable) {
    ledgerFile.refuse('The run folder is no longer writable, so nothing more is created.');
  }
  closeCapacity(stopped);
}

function loss(): Stopped | undefined {
  const lost = recorder.lost();
  return lost === undefined ? undefined : new Stopped(lost);
}

/**
 * An intent is on the disk before its request is sent; if the next entry is lost, the resource is found by its name.
 */
function appendLedger(entry: LedgerEntry): void | Promise<void> {
  debug?.turn(`ledger: ${redactor.text(JSON.stringify(entry))}`);
  if (entry.event === 'created') created.push(entry.type);
  return ledgerFile.append(entry);
}

function countCreated(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const type of created) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
