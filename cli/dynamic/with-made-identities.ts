/**
 * The life of identities that are made for one run: made before the target is looked at, removed when servers and volumes
 * are gone, however the run ends. Only a sudden end leaves that to `cleanup`.
 */
import { readFileSync } from 'node:fs';
import type { Totals } from '../../src/client/recorder.ts';
import type { Identity } from '../../src/conformance/identity.ts';
import { createLedger, readLedger, type Owned } from '../../src/conformance/ledger.ts';
import { removeOwned } from '../../src/conformance/removal.ts';
import { leakOf, leftBehind } from '../../src/report/leak.ts';
import type { Leak } from '../../src/report/record.ts';
import { identityKinds } from '../../suites/resources.ts';
import { exitCodes } from '../errors.ts';
import { cleanupCommand } from '../run/cleanup-command.ts';
import { heedInterrupts, type Interrupts } from '../run/interrupts.ts';
import type { OpenTarget } from '../run/open-target.ts';
import type { RunFolder } from '../run/run-folder.ts';
import type { RunOptions } from '../run/run-options.ts';
import type { WriteGuard } from '../run/write-guard.ts';
import { openAdminGround, type AdminGround } from './admin-ground.ts';
import { makeIdentities } from './make-identities.ts';

/** What a run is handed of them. */
export interface Cast {
  readonly opened: OpenTarget;
  readonly folder: RunFolder;
  /** To be let go by whoever heeds interrupts from now on. */
  readonly interrupts: Pick<Interrupts, 'signal' | 'release'>;
  readonly totals: () => Totals;
  /**
   * What stays behind comes back; those whose servers or volumes stay are needed to remove these. `isBusy`: some do, as
   * far as the suites know; by the ledger's file where nobody does.
   */
  readonly remove: (isBusy?: boolean) => Promise<readonly Leak[]>;
}

interface Play {
  readonly runName: string;
  readonly folder: RunFolder;
  readonly opened: OpenTarget;
  readonly options: RunOptions;
  readonly writes: WriteGuard;
}

/** The exit code of what is done with them. @throws UsageError when they cannot be made; nothing is left then */
export async function withMadeIdentities(play: Play, act: (cast: Cast) => Promise<number>): Promise<number> {
  const { runName, folder, opened, options, writes } = play;
  const interrupts = heedBeforehand(folder, options);
  let ground: AdminGround | undefined;
  let remove: Cast['remove'] | undefined;
  try {
    ground = await openAdminGround(opened, {
      ...{ runName, ledgerFile: folder.ledgerFile, failed: writes.failed },
      ...{ patience: options.patience, requestsPerSecond: options.requestsPerSecond },
    });
    const made = await makeFor(ground, opened, interrupts.signal);
    const { totals } = ground;
    remove = removalBy(ground, folder);
    const credentials = { ...opened.credentials, ...made.credentials };
    const who = new Set(Object.keys(made.credentials) as Identity[]);
    const whole = { ...opened, credentials, made: who, unmade: made.unmade };
    return await act({ opened: whole, folder, interrupts, totals, remove });
  } catch (error) {
    if (interrupts.signal.aborted && folder.isBlank()) return exitCodes.partial;
    throw error;
  } finally {
    const left = ground ? await (remove ?? removalBy(ground, folder))() : [];
    interrupts.release();
    const isOpen = (ground?.ledger.unsettled().length ?? 0) > 0;
    if (folder.isBlank()) tellEnd(folder, left, isOpen, options);
    await ground?.close();
  }
}

async function makeFor(
  ground: AdminGround,
  { credentials: given }: OpenTarget,
  signal: AbortSignal,
): ReturnType<typeof makeIdentities> {
  const { admin, member } = given;
  if (!admin) throw new TypeError('There is no administrator.');
  // A catalogue of several regions and none named ends here, before anybody is made.
  ground.admin.endpoint('compute');
  const memberProject = member && (await ground.signIn('member', member)).projectId;
  return makeIdentities(ground, { admin, given, memberProject, signal });
}

function heedBeforehand(folder: RunFolder, options: RunOptions): Interrupts {
  return heedInterrupts({
    first: () =>
      process.stderr.write('Interrupted: the identities that were made are removed. Once more ends at once.\n'),
    second: () =>
      process.stderr.write(`Ended at once. What it left is removed by: ${cleanupCommand(folder.path, options)}\n`),
  });
}

function removalBy(ground: AdminGround, folder: RunFolder): Cast['remove'] {
  let known: boolean | undefined;
  return async (isBusy) => {
    known = isBusy ?? known;
    const mine = (): readonly Owned[] => ground.ledger.owned();
    const left = (known ?? isBusyBy(folder)) ? mine() : (await removeOwned(ground, identityKinds)).left;
    return left.map((thing) => leakOf(thing, identityKinds));
  };
}

/** Where the ledger cannot be read, nobody knows, and nobody is removed who may be needed. */
function isBusyBy(folder: RunFolder): boolean {
  try {
    return ownedIn(folder).some(({ type }) => !identityKinds.some((kind) => kind.type === type));
  } catch {
    return !folder.isBlank();
  }
}

/** By everybody who wrote into the ledger. */
export function ownedIn({ ledgerFile }: Pick<RunFolder, 'ledgerFile'>): readonly Owned[] {
  const entries = readLedger(readFileSync(ledgerFile, 'utf8'));
  return createLedger(
    () => undefined,
    () => '',
    entries,
  ).owned();
}

/** Of a run that came to no beginning: its folder tells of nothing but what it left. */
function tellEnd(folder: RunFolder, left: readonly Leak[], isOpen: boolean, options: RunOptions): void {
  if (left.length === 0 && !isOpen) {
    folder.discard();
    return;
  }
  for (const leak of left) process.stderr.write(`${leftBehind(leak)}\n`);
  process.stderr.write(`What is left, or may yet appear, is removed by: ${cleanupCommand(folder.path, options)}\n`);
}
