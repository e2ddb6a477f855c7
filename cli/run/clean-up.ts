/** Clean-up after a run that could not do it: all that its ledger owns, and all that it may own by name. */
import { existsSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { countRolls } from '../../src/conformance/census.ts';
import {
  createLedger,
  readLedger,
  type AppendLedger,
  type LedgerEntry,
  type Owned,
} from '../../src/conformance/ledger.ts';
import { dismissAbsent, removeOwned, settleIntents } from '../../src/conformance/removal.ts';
import { identityOption } from '../../src/conformance/plan-cases.ts';
import type { World } from '../../src/conformance/world.ts';
import { jsonObject, jsonText, parseJson, type JsonObject } from '../../src/json.ts';
import { wordFailedRoll } from '../../src/report/word-census.ts';
import { leakOf, leftBehind } from '../../src/report/leak.ts';
import { namesTarget } from '../../src/target/cloud-environment.ts';
import { identityKinds, resourceKinds } from '../../suites/resources.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { openAdminGround } from '../dynamic/admin-ground.ts';
import { signInAgain } from '../dynamic/sign-in-again.ts';
import { asWriteError, WriteError } from '../files/write-error.ts';
import { openLedgerFile } from './ledger-file.ts';
import { openTarget, type OpenTarget } from './open-target.ts';
import { openWorld } from './open-world.ts';
import type { RunOptions } from './run-options.ts';
import { refuseAnotherTarget } from './same-target.ts';
import { lifeIn, showLife } from './sign-of-life.ts';

/** Returns the exit code: 0 when nothing is left. @throws UsageError and the errors of meeting a target */
export async function cleanUp(run: string, options: RunOptions): Promise<number> {
  const file = join(run, 'ledger.ndjson');
  if (!existsSync(file)) throw new UsageError(`${run} holds no run: there is no ledger.ndjson in it.`);
  const before = entriesOf(file);
  const told = createLedger(
    () => undefined,
    () => '',
    before,
  );
  if (told.owned().length + told.unsettled().length === 0) return tell('Nothing of this run is left.');
  const hasMade = before.some(({ type }) => identityKinds.some((kind) => kind.type === type));
  if (hasMade && options.clouds.admin === undefined) {
    throw new UsageError('The run made identities, which an administrator removes; add --admin CLOUD.');
  }
  if (!hasMade && options.clouds.member === undefined && !namesTarget(process.env, options.signIn.member)) {
    throw new UsageError('Clean-up needs the cloud that the run was on; add --os-cloud CLOUD.');
  }
  const alive = lifeIn(run);
  if (alive !== undefined) {
    throw new UsageError(
      `${run} is a run that is still under way: ${alive}. It removes what it made itself; stop it by Ctrl-C, or wait.`,
    );
  }
  const { runName, target } = beginningOf(run);
  const failed = tellOnce();
  const endsWhole = endLastLine(file, failed);
  const opened = await openTarget({ ...options, dynamicCredentials: hasMade });
  const endLife = showLife(run, failed);
  try {
    // After half a line, whatever is appended would be lost with it.
    const scene = { runName, target, file, options, opened, failed, isRecorded: endsWhole };
    const sum = hasMade ? await removeWithIdentities(scene, before) : await removeThings(scene, before);
    for (const thing of sum.left) process.stderr.write(`${leftBehind(leakOf(thing, allKinds))}\n`);
    for (const sentence of sum.wanting) process.stderr.write(`${sentence}\n`);
    const removed = sum.found - sum.left.length;
    tell(sum.found === 0 ? 'Nothing of this run is left.' : `${removed} of ${sum.found} things removed.`);
    return sum.left.length === 0 ? exitCodes.conformant : exitCodes.partial;
  } finally {
    endLife();
    await opened.close();
  }
}

const allKinds = [...resourceKinds, ...identityKinds];

interface Scene {
  readonly runName: string;
  readonly target: JsonObject;
  readonly file: string;
  readonly options: RunOptions;
  readonly opened: OpenTarget;
  readonly isRecorded: boolean;
  readonly failed: (error: unknown) => void;
}

interface Sum {
  readonly found: number;
  readonly left: readonly Owned[];
  readonly wanting: readonly string[];
}

/** Servers and volumes, by those who are signed in. */
async function removeThings(scene: Scene, before: readonly LedgerEntry[]): Promise<Sum> {
  const { runName, target, file, options, opened, isRecorded, failed } = scene;
  const append: AppendLedger = isRecorded ? openLedgerFile(file, failed).append : () => undefined;
  const ledger = createLedger(append, () => new Date().toISOString(), before);
  const { met, world, close } = await openWorld({ ...options, ...opened, runName, ledger });
  try {
    refuseAnotherTarget(target, met);
    await settleIntents(world, resourceKinds);
    const found = ledger.owned().filter(isThing).length;
    const removal = await removeOwned(world, resourceKinds);
    const left = removal.left.filter(isThing);
    const unlisted = countRolls(removal.rolls).flatMap(wordFailedRoll);
    if (unlisted.length === 0) dismissAbsent(world, isThing);
    return { found, left, wanting: [...wanting(left, world), ...unlisted] };
  } finally {
    await close();
  }
}

/** Things first, as the identities that made them, which get new passwords for that; then the identities. */
async function removeWithIdentities(scene: Scene, before: readonly LedgerEntry[]): Promise<Sum> {
  const { runName, file, opened, options, failed, isRecorded } = scene;
  const ground = await openAdminGround(opened, {
    ...{ runName, ledgerFile: file, before, failed, isRecorded },
    ...{ patience: options.patience, requestsPerSecond: options.requestsPerSecond },
  });
  try {
    refuseAnotherKeystone(before, ground.target.endpoints.identity ?? '');
    await settleIntents(ground, identityKinds);
    const { ledger } = ground;
    const hasThings = [...ledger.owned(), ...ledger.unsettled()].some(isThing);
    const found = ledger.owned().filter((thing) => !isThing(thing)).length;
    let things: Sum = { found: 0, left: [], wanting: [] };
    if (hasThings) {
      const credentials = { ...opened.credentials, ...(await signInAgain(ground, opened)) };
      things = await removeThings({ ...scene, opened: { ...opened, credentials } }, before);
    }
    if (things.left.length === 0) await removeOwned(ground, identityKinds);
    const left = ledger.owned().filter((thing) => !isThing(thing));
    return { found: things.found + found, left: [...things.left, ...left], wanting: things.wanting };
  } finally {
    await ground.close();
  }
}

function isThing({ type }: { readonly type: string }): boolean {
  return resourceKinds.some((kind) => kind.type === type);
}

/** Elsewhere everybody is unknown, and would be taken for removed. @throws UsageError */
function refuseAnotherKeystone(before: readonly LedgerEntry[], here: string): void {
  const other = before.find(({ where }) => where !== undefined && where !== here);
  if (!other) return;
  throw new UsageError(
    `The identities of the run were made at ${other.where} and this is ${here}; nothing was removed. Name an administrator there by --admin.`,
  );
}

/** Who was not given and would be needed. */
function wanting(left: readonly Owned[], { sessions }: World): readonly string[] {
  const makers = new Set(left.map(({ identity = 'member' }) => identity));
  return [...makers]
    .filter((identity) => !sessions.has(identity))
    .map((identity) => `Only ${identity} can remove some of it; add ${identityOption(identity)}.`);
}

/** What the journal's first line says. @throws UsageError */
function beginningOf(run: string): { readonly runName: string; readonly target: JsonObject } {
  const file = join(run, 'journal.ndjson');
  if (!existsSync(file)) throw new UsageError(`${run} has no journal.ndjson, which says where the run was.`);
  const first = jsonObject(parseJson(readFileSync(file, 'utf8').split('\n')[0] ?? ''));
  return { runName: jsonText(jsonObject(first.run).name) ?? '', target: jsonObject(first.target) };
}

/** Does the file end with a whole line now? */
function endLastLine(file: string, failed: (error: unknown) => void): boolean {
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

/** The removal is what counts; what could not be noted is looked for again the next time. */
function tellOnce(): (error: unknown) => void {
  let isTold = false;
  return (error) => {
    if (!(error instanceof WriteError)) throw error;
    if (isTold) return;
    isTold = true;
    process.stderr.write(`${error.message} The removal goes on, and is not recorded in the run folder.\n`);
  };
}

function entriesOf(file: string): readonly LedgerEntry[] {
  try {
    return readLedger(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function tell(sentence: string): number {
  process.stdout.write(`${sentence}\n`);
  return exitCodes.conformant;
}
