/** Clean-up after an interrupted run: removes what its ledger owns, and what it may own according to its name. */
import { existsSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Suite } from '../../src/clauses/extension-suite.ts';
import type { ResourceKind } from '../../src/resources/resource-type.ts';
import { countInventory } from '../../src/resources/inventory.ts';
import { createLedger, readLedger, type AppendLedger, type Owned } from '../../src/resources/ledger.ts';
import type { LedgerEntry } from '../../src/records/ledger.ts';
import { dismissAbsent, removeOwned, settleIntents } from '../../src/resources/cleanup.ts';
import { identityOption } from '../../src/planning/plan-cases.ts';
import type { RunContext } from '../../src/execution/run-context.ts';
import { jsonList, jsonObject, jsonText, parseJson, type JsonObject } from '../../src/json.ts';
import { describeFailedList } from '../../src/report/describe-inventory.ts';
import { leakOf, leftBehind } from '../../src/report/leak.ts';
import { namesTarget } from '../../src/target/cloud-environment.ts';
import { identityKinds, kindsOfSuites, kindsOn, resourceKinds } from '../../suites/resources.ts';
import type { Contracts } from '../../src/contract/contracts.ts';
import { contractOf } from '../../src/contract/cut-revisions.ts';
import { chosenContracts } from '../chosen-contract.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { ownContract, ownServices } from '../own-contract.ts';
import { openAdminContext } from '../dynamic/admin-context.ts';
import { signInAgain } from '../dynamic/sign-in-again.ts';
import { asWriteError, WriteError } from '../files/write-error.ts';
import { loadSuites } from '../extension-suites/load-suites.ts';
import { clientAccesses } from './client-accesses.ts';
import { openLedgerFile } from './ledger-file.ts';
import { openTarget, type OpenTarget } from './open-target.ts';
import { limitsFor } from './resource-limits.ts';
import { openRunContext } from './open-run-context.ts';
import type { RunOptions } from './run-options.ts';
import { refuseAnotherTarget } from './same-target.ts';
import { activeProcessIn, startHeartbeat } from './heartbeat.ts';

/** Returns the exit code: 0 when nothing is left. @throws UsageError and the errors of connecting to a target */
export async function cleanUp(run: string, options: RunOptions): Promise<number> {
  const file = join(run, 'ledger.ndjson');
  if (!existsSync(file)) throw new UsageError(`${run} is not a run folder: it has no ledger.ndjson.`);
  const before = entriesOf(file);
  const suites = await loadSuites(options.suites);
  const kinds = [...resourceKinds, ...kindsOfSuites(suites)];
  const recorded = createLedger(
    () => undefined,
    () => '',
    before,
  );
  if (recorded.owned().length + recorded.unsettled().length === 0) return print('Nothing of this run is left.');
  refuseUnknownTypes([...recorded.owned(), ...recorded.unsettled()], [...kinds, ...identityKinds]);
  const hasMade = before.some(({ type }) => identityKinds.some((kind) => kind.type === type));
  if (hasMade && options.clouds.admin === undefined) {
    throw new UsageError('The run created identities, which only an administrator can remove. Pass --admin CLOUD.');
  }
  if (!hasMade && options.clouds.member === undefined && !namesTarget(process.env, options.signIn.member)) {
    throw new UsageError('Clean-up needs the cloud of the run. Pass --os-cloud CLOUD.');
  }
  const active = activeProcessIn(run);
  if (active !== undefined) {
    throw new UsageError(
      `The run in ${run} is still active: ${active}. It removes what it created. Wait, or stop it by Ctrl-C.`,
    );
  }
  const { runName, target, tested } = headerOf(run);
  const failed = reportOnce();
  const isRecorded = truncateLastLine(file, failed);
  const opened = await openTarget({ ...options, dynamicCredentials: hasMade });
  const stopHeartbeat = startHeartbeat(run, failed);
  try {
    // An entry appended to an incomplete line would be unreadable.
    const settings = { runName, target, tested, file, suites, kinds, options, opened, failed, isRecorded };
    const result = hasMade ? await removeWithIdentities(settings, before) : await removeResources(settings, before);
    const clients = clientAccesses(options, opened.credentials);
    for (const resource of result.left)
      process.stderr.write(`${leftBehind(leakOf(resource, [...kinds, ...identityKinds], clients))}\n`);
    for (const sentence of result.missingIdentities) process.stderr.write(`${sentence}\n`);
    const removed = result.found - result.left.length;
    print(result.found === 0 ? 'Nothing of this run is left.' : `${removed} of ${result.found} resources removed.`);
    return result.left.length === 0 ? exitCodes.conformant : exitCodes.partial;
  } finally {
    stopHeartbeat();
    await opened.close();
  }
}

interface CleanUpSettings {
  readonly runName: string;
  readonly target: JsonObject;
  /** The types of the services that the run tested. */
  readonly tested: readonly string[];
  readonly file: string;
  readonly suites: readonly Suite[];
  /** What the run may have created as the identities that it tests with. */
  readonly kinds: readonly ResourceKind[];
  readonly options: RunOptions;
  readonly opened: OpenTarget;
  readonly isRecorded: boolean;
  readonly failed: (error: unknown) => void;
}

interface CleanUpResult {
  readonly found: number;
  readonly left: readonly Owned[];
  readonly missingIdentities: readonly string[];
}

/** Removes servers and volumes with the identities that are signed in. */
async function removeResources(settings: CleanUpSettings, before: readonly LedgerEntry[]): Promise<CleanUpResult> {
  const { runName, target, tested, file, suites, options, opened, isRecorded, failed } = settings;
  const isResource = isOneOf(settings.kinds);
  const append: AppendLedger = isRecorded ? openLedgerFile(file, failed).append : () => undefined;
  const ledger = createLedger(append, () => new Date().toISOString(), before);
  const { discovered, run, close } = await openRunContext({
    ...options,
    ...opened,
    contracts: await testedBefore(tested),
    limits: limitsFor(options.limits, settings.kinds),
    extensionSuites: suites,
    runName,
    ledger,
  });
  try {
    refuseAnotherTarget(target, discovered);
    const kinds = kindsOn(run.target, suites);
    await settleIntents(run, kinds);
    const found = ledger.owned().filter(isResource).length;
    const removal = await removeOwned(run, kinds);
    const left = removal.left.filter(isResource);
    const unlisted = countInventory(removal.resourceLists).flatMap(describeFailedList);
    if (unlisted.length === 0) dismissAbsent(run, isResource);
    return { found, left, missingIdentities: [...missingIdentities(left, run), ...unlisted] };
  } finally {
    await close();
  }
}

/** Removes servers and volumes as the identities that created them, with new passwords; then the identities. */
async function removeWithIdentities(settings: CleanUpSettings, before: readonly LedgerEntry[]): Promise<CleanUpResult> {
  const { runName, file, opened, options, failed, isRecorded } = settings;
  const isResource = isOneOf(settings.kinds);
  const cleanup = await openAdminContext(opened, {
    ...{ runName, ledgerFile: file, before, failed, isRecorded },
    ...{ timeoutFactor: options.timeoutFactor, requestsPerSecond: options.requestsPerSecond },
  });
  try {
    refuseAnotherKeystone(before, cleanup.target.services.identity?.endpoint ?? '');
    await settleIntents(cleanup, identityKinds);
    const { ledger } = cleanup;
    const hasResources = [...ledger.owned(), ...ledger.unsettled()].some(isResource);
    const found = ledger.owned().filter((resource) => !isResource(resource)).length;
    let resources: CleanUpResult = { found: 0, left: [], missingIdentities: [] };
    if (hasResources) {
      const credentials = { ...opened.credentials, ...(await signInAgain(cleanup, opened)) };
      resources = await removeResources({ ...settings, opened: { ...opened, credentials } }, before);
    }
    if (resources.left.length === 0) await removeOwned(cleanup, identityKinds);
    const left = ledger.owned().filter((resource) => !isResource(resource));
    return {
      found: resources.found + found,
      left: [...resources.left, ...left],
      missingIdentities: resources.missingIdentities,
    };
  } finally {
    await cleanup.close();
  }
}

/** Contracts of the services that a run tested; all that this package tests for an unreadable journal. */
async function testedBefore(types: readonly string[]): Promise<Contracts> {
  const known = ownServices().filter((type) => types.includes(type));
  if (known.length === 0) return (await chosenContracts({})).chosen.map(({ contract }) => contract);
  return known.map((type) => contractOf(ownContract(() => false, type).draft));
}

function isOneOf(kinds: readonly ResourceKind[]): (one: { readonly type: string }) => boolean {
  return ({ type }) => kinds.some((kind) => kind.type === type);
}

/** @throws UsageError for a resource type that only an extension suite declares */
function refuseUnknownTypes(
  left: readonly { readonly type: string; readonly name: string }[],
  kinds: readonly ResourceKind[],
): void {
  const unknown = left.find((one) => !isOneOf(kinds)(one));
  if (!unknown) return;
  throw new UsageError(
    `The run created ${unknown.name}, and no resource type ${unknown.type} is known. Pass the module of the suite that declares it by --suite FILE.`,
  );
}

/** On another Keystone the identities are not found, and would count as removed. @throws UsageError */
function refuseAnotherKeystone(before: readonly LedgerEntry[], here: string): void {
  const other = before.find(({ where }) => where !== undefined && where !== here);
  if (!other) return;
  throw new UsageError(
    `The identities of the run were created at ${other.where}, but this is ${here}; nothing was removed. Pass an administrator of the former by --admin.`,
  );
}

/** Sentences about the identities that are needed and were not given. */
function missingIdentities(left: readonly Owned[], { sessions }: RunContext): readonly string[] {
  const makers = new Set(left.map(({ identity = 'member' }) => identity));
  return [...makers]
    .filter((identity) => !sessions.has(identity))
    .map((identity) => `Some of it can only be removed by the identity ${identity}. Pass ${identityOption(identity)}.`);
}

/** Name, target and tested services of the run, from the first line of its journal. @throws UsageError */
function headerOf(run: string): Pick<CleanUpSettings, 'runName' | 'target' | 'tested'> {
  const file = join(run, 'journal.ndjson');
  if (!existsSync(file))
    throw new UsageError(`${run} has no journal.ndjson, which names the target of the run. Restore it.`);
  const first = jsonObject(parseJson(readFileSync(file, 'utf8').split('\n')[0] ?? ''));
  const tested = jsonList(first.contracts).flatMap((contract) => jsonText(jsonObject(contract).service) ?? []);
  return { runName: jsonText(jsonObject(first.run).name) ?? '', target: jsonObject(first.target), tested };
}

/** Cuts off an incomplete last line. Returns whether the file now ends with a complete one. */
function truncateLastLine(file: string, failed: (error: unknown) => void): boolean {
  const text = readFileSync(file, 'utf8');
  if (text === '' || text.endsWith('\n')) return true;
  try {
    truncateSync(file, Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1)));
    return true;
  } catch (error) {
    failed(asWriteError(file, error));
    return false;
  }
}

/** A removal that cannot be recorded is still done; the next clean-up looks for the resource again. */
function reportOnce(): (error: unknown) => void {
  let isReported = false;
  return (error) => {
    if (!(error instanceof WriteError)) throw error;
    if (isReported) return;
    isReported = true;
    process.stderr.write(`${error.message} Clean-up continues, but is not recorded in the run folder.\n`);
  };
}

function entriesOf(file: string): readonly LedgerEntry[] {
  try {
    return readLedger(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function print(sentence: string): number {
  process.stdout.write(`${sentence}\n`);
  return exitCodes.conformant;
}
