/**
 * The only vitest file of the suites: signs in, decides the cases that it is told to, and cleans up.
 *
 * Results leave as task meta; `reporters/vitest-bridge.ts` takes them from there.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, inject, test } from 'vitest';
import { debugLogIn } from '../cli/run/debug-log.ts';
import { openLedgerFile } from '../cli/run/ledger-file.ts';
import { unwritable } from '../cli/run/write-guard.ts';
import { loadSuites } from '../cli/suite/load-suites.ts';
import { createHttpClient } from '../src/client/http-client.ts';
import { createPace } from '../src/client/pace.ts';
import { createRecorder } from '../src/client/recorder.ts';
import { createRedactor } from '../src/client/redaction.ts';
import { budgets, stretch } from '../src/conformance/budgets.ts';
import { compareRolls, countRolls, takeRolls, type Roll } from '../src/conformance/census.ts';
import { guardedRecorder } from '../src/conformance/checked-requests.ts';
import { createConfirmations, type Spent } from '../src/conformance/confirmations.ts';
import type { Clause } from '../src/conformance/clause.ts';
import type { Identity } from '../src/conformance/identity.ts';
import { Stopped } from '../src/conformance/errors.ts';
import { createKeeping, keepNothing } from '../src/conformance/keeping.ts';
import { createLedger, readLedger, type LedgerEntry } from '../src/conformance/ledger.ts';
import type { Rebuild } from '../src/conformance/rebuild.ts';
import { removeOwned } from '../src/conformance/removal.ts';
import { runCase } from '../src/conformance/run-case.ts';
import { targetOf } from '../src/conformance/run-settings.ts';
import { suiteClauses } from '../src/conformance/suite.ts';
import { findingsOf, reasonOf } from '../src/conformance/verdict.ts';
import { createBackground, createMemo, type World } from '../src/conformance/world.ts';
import { readContract } from '../src/contract/contract-file.ts';
import { contractOf } from '../src/contract/cut-revisions.ts';
import { leakOf } from '../src/report/leak.ts';
import { wordFinding } from '../src/report/word-finding.ts';
import { schemaStore } from '../src/schema/schema-store.ts';
import { secretsOf } from '../src/target/credentials.ts';
import { openSession } from '../src/target/open-session.ts';
import type { Session } from '../src/target/session.ts';
import { guardOf } from './changes.ts';
import { confirmCases } from './confirm-cases.ts';
import { byOperation } from './by-operation.ts';
import { allClauses } from './index.ts';
import { resourceKinds } from './resources.ts';
import { openRoom } from './room.ts';

const settings = inject('settings');
const [contractText = '', ...operationTexts] = settings.contractFiles.map((file) => readFileSync(file, 'utf8'));
const contract = contractOf(readContract(contractText, ...operationTexts));
const suites = await loadSuites(settings.suites);
const guests = suites.flatMap((suite) => suiteClauses(suite, contract));
const clauses = new Map<string, Clause>([...allClauses(contract), ...guests].map((clause) => [clause.id, clause]));
const createdBefore = readLedger(readFileSync(settings.ledgerFile, 'utf8')).filter(({ event }) => event === 'created');
const created = createdBefore.map(({ type }) => type);
const ledgerFile = openLedgerFile(settings.ledgerFile, (error) => stopWriting(error.message));
stretch(settings.patience);
const http = createHttpClient({ ...settings.connection, patience: settings.patience });
const redactor = createRedactor();
for (const secret of settings.secrets) redactor.learn(secret);
const clock = { now: Date.now };
let writeFailure: string | undefined;
/** Undefined until all is ready: what is written before that may fail already. */
let room: World['room'] | undefined;
const debug = debugLogIn(settings.debugFile, (error) => stopWriting((error as Error).message));
const recorder = createRecorder(http, redactor, clock, {
  trace: debug?.trace,
  patience: settings.patience,
  ...(settings.requestsPerSecond === undefined ? {} : { pace: createPace(settings.requestsPerSecond, Date.now) }),
});
const background = createBackground();
const rebuilds: Rebuild[] = [];
let confirmedSince: number | undefined;
/** Clean-up is tried even where the target cannot be reached any more. */
let isCleaningUp = false;
const common = {
  runName: settings.runName,
  target: targetOf(settings.target),
  contract,
  schemas: schemaStore(contract),
  recorder: guardedRecorder(recorder),
  ledger: createLedger(appendLedger, () => new Date().toISOString()),
  sessions: await signInAll(),
  room: (room = openRoom(settings.limits)),
  memo: createMemo(),
  background: background.add,
  rebuilt: (rebuild: Rebuild) => void rebuilds.push(rebuild),
  gone: () => (isCleaningUp ? undefined : loss()),
  ...(settings.readOnly ? ({ readOnly: true } as const) : {}),
};
const world: World = {
  ...common,
  guard: guardOf(
    common,
    common.target.fixtures,
    suites.map(({ changes = {} }) => changes),
  ),
};
const underWay = new Set<Promise<unknown>>();
const confirmations = createConfirmations();
const keeping = settings.keep ? createKeeping(world.ledger, world.room) : keepNothing;

let rollsBefore: readonly Roll[] = [];
let startedAt = performance.now();
beforeAll(
  async ({}, suite) => {
    rollsBefore = await takeRolls(world, resourceKinds);
    suite.meta.census = countRolls(rollsBefore);
    startedAt = performance.now();
  },
  600_000 * Math.max(1, settings.patience),
);

for (const [operation, cases] of byOperation(settings.cases, clauses)) {
  describe(operation, () => {
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
          letGo(lost);
          return context.skip(lost.message);
        }
        debug?.turn(`case ${planned.id} begins`);
        const result = await follow(runCase(world, clause, planned));
        debug?.turn(`case ${planned.id}: ${result.verdict.is} after ${result.durationMs} ms`);
        context.task.meta.result = result;
        confirmations.tell(planned, result);
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
  });
}

confirmCases({
  ...{ confirmations, clauses, world, keeping, follow, spent },
  cases: settings.cases.length,
  idle: background.done,
  isOver: () => loss() !== undefined,
  letGo: () => letGo(stopped),
  note: (text) => debug?.turn(text),
});

afterAll(async ({}, suite) => {
  // Of a run that is told to stop, vitest forgets the cases that are under way.
  const { graceMs } = settings;
  const grace = graceMs === undefined ? [] : [pause(graceMs, undefined, { ref: false })];
  await Promise.race([Promise.allSettled(underWay), ...grace]);
  debug?.turn('every case is decided; what was made is removed');
  const lost = recorder.lost();
  if (lost !== undefined) debug?.turn(lost);
  const troubles = await background.done();
  isCleaningUp = true;
  const { left, rolls } = await removeOwned(
    world,
    resourceKinds,
    lost === undefined ? budgets.cleanUp : budgets.lastTry,
    keeping.kept(),
  );
  for (const trouble of troubles) debug?.turn(redactor.text(trouble));
  debug?.turn(`${left.length} things are left behind`);
  const leaks = left.map((thing) => leakOf(thing, resourceKinds));
  const census = compareRolls(rollsBefore, rolls, world);
  const ending = { leaks, census, troubles, totals: recorder.totals(), created: countCreated() };
  const kept = keeping.kept().map((thing) => ({ ...leakOf(thing, resourceKinds), case: thing.caseId }));
  // Reasons repeat what the target says.
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

function follow<T>(deciding: Promise<T>): Promise<T> {
  underWay.add(deciding);
  const forget = (): void => void underWay.delete(deciding);
  deciding.then(forget, forget);
  return deciding;
}

const stopped = new Stopped('The run was told to stop before there was room for what this case needs.');

/** Who waits for room is not kept waiting when the run comes to its end before time, and nothing more is made. */
function letGo(reason: Stopped): void {
  room?.shut(reason);
}

/** What cannot be written down is not made any more; what is under way ends as after an interrupt. */
function stopWriting(reason: string): void {
  writeFailure ??= reason;
  ledgerFile.refuse(reason);
  letGo(new Stopped(reason));
}

function stop(reason: unknown): void {
  if ((reason as { readonly reason?: unknown } | undefined)?.reason === unwritable) {
    ledgerFile.refuse('The run folder cannot be written any more, so nothing is created.');
  }
  letGo(stopped);
}

function loss(): Stopped | undefined {
  const lost = recorder.lost();
  return lost === undefined ? undefined : new Stopped(lost);
}

/** An intent is on the disk before its request leaves; should what follows be lost, it is found again by its name. */
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
