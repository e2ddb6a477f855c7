/**
 * The lifetime of identities created for one run: created before discovery, removed after the servers and volumes,
 * however the run ends. Only after a kill is that left to `cleanup`.
 */
import { readFileSync } from 'node:fs';
import type { Totals } from '../../src/client/recorder.ts';
import type { Identity } from '../../src/clauses/identity.ts';
import { createLedger, readLedger, type Owned } from '../../src/resources/ledger.ts';
import { removeOwned } from '../../src/resources/cleanup.ts';
import { leakOf, leftBehind } from '../../src/report/leak.ts';
import type { Leak } from '../../src/records/run-facts.ts';
import { identityKinds } from '../../suites/resources.ts';
import { exitCodes } from '../errors.ts';
import { cleanupCommand } from '../run/cleanup-command.ts';
import { clientAccesses, type Access } from '../run/client-accesses.ts';
import { observeInterrupts, type Interrupts } from '../run/interrupts.ts';
import type { OpenTarget } from '../run/open-target.ts';
import type { RunFolder } from '../run/run-folder.ts';
import type { RunOptions } from '../run/run-options.ts';
import type { WriteGuard } from '../run/write-guard.ts';
import { openAdminContext, type AdminContext } from './admin-context.ts';
import { makeIdentities } from './make-identities.ts';

/** What a run needs of its provisioned identities. */
export interface ProvisionedIdentities {
  readonly opened: OpenTarget;
  readonly folder: RunFolder;
  /** To be released by the next handler of interrupts. */
  readonly interrupts: Pick<Interrupts, 'signal' | 'release'>;
  readonly totals: () => Totals;
  /**
   * Removes the identities, and returns those that remain. If servers or volumes remain, their identities are still
   * needed and are kept. `isBusy`: some remain, as the suites report; read from the ledger file when missing.
   */
  readonly remove: (isBusy?: boolean) => Promise<readonly Leak[]>;
}

interface IdentitySettings {
  readonly runName: string;
  readonly folder: RunFolder;
  readonly opened: OpenTarget;
  readonly options: RunOptions;
  readonly writes: WriteGuard;
}

/** Returns the exit code of `use`. @throws UsageError when they cannot be created; nothing is left then */
export async function withMadeIdentities(
  settings: IdentitySettings,
  use: (provisioned: ProvisionedIdentities) => Promise<number>,
): Promise<number> {
  const { runName, folder, opened, options, writes } = settings;
  const interrupts = observeEarlyInterrupts(folder, options);
  let cleanup: AdminContext | undefined;
  let remove: ProvisionedIdentities['remove'] | undefined;
  try {
    cleanup = await openAdminContext(opened, {
      ...{ runName, ledgerFile: folder.ledgerFile, failed: writes.failed },
      ...{ timeoutFactor: options.timeoutFactor, requestsPerSecond: options.requestsPerSecond },
    });
    const made = await makeFor(cleanup, opened, interrupts.signal);
    const { totals } = cleanup;
    remove = removalBy(cleanup, folder, options);
    const credentials = { ...opened.credentials, ...made.credentials };
    const created = new Set(Object.keys(made.credentials) as Identity[]);
    const provisioned = { ...opened, credentials, made: created, creationFailures: made.creationFailures };
    return await use({ opened: provisioned, folder, interrupts, totals, remove });
  } catch (error) {
    if (interrupts.signal.aborted && folder.isBlank()) return exitCodes.partial;
    throw error;
  } finally {
    const left = cleanup ? await (remove ?? removalBy(cleanup, folder, options))() : [];
    interrupts.release();
    const isOpen = (cleanup?.ledger.unsettled().length ?? 0) > 0;
    if (folder.isBlank()) reportAborted(folder, left, isOpen, options);
    await cleanup?.close();
  }
}

async function makeFor(
  cleanup: AdminContext,
  { credentials: given }: OpenTarget,
  signal: AbortSignal,
): ReturnType<typeof makeIdentities> {
  const { admin, member } = given;
  if (!admin) throw new TypeError('There is no administrator.');
  // Fails before any identity is created if the catalogue has several regions and none is chosen.
  cleanup.admin.endpoint('compute');
  const memberProject = member && (await cleanup.signIn('member', member)).projectId;
  return makeIdentities(cleanup, { admin, given, memberProject, signal });
}

function observeEarlyInterrupts(folder: RunFolder, options: RunOptions): Interrupts {
  return observeInterrupts({
    first: () =>
      process.stderr.write(
        'Interrupted: removing the identities that were created. Interrupt again to exit at once.\n',
      ),
    second: () =>
      process.stderr.write(
        `Exited without clean-up. To remove what is left: ${cleanupCommand(folder.path, options)}\n`,
      ),
  });
}

function removalBy(cleanup: AdminContext, folder: RunFolder, access: Access): ProvisionedIdentities['remove'] {
  const clients = clientAccesses(access);
  let known: boolean | undefined;
  return async (isBusy) => {
    known = isBusy ?? known;
    const owned = (): readonly Owned[] => cleanup.ledger.owned();
    const left = (known ?? isBusyBy(folder)) ? owned() : (await removeOwned(cleanup, identityKinds)).left;
    return left.map((resource) => leakOf(resource, identityKinds, clients));
  };
}

/** If the ledger is unreadable, identities of a run that started may still be needed and are kept. */
function isBusyBy(folder: RunFolder): boolean {
  try {
    return ownedIn(folder).some(({ type }) => !identityKinds.some((kind) => kind.type === type));
  } catch {
    return !folder.isBlank();
  }
}

/** What the ledger file lists as owned, whichever identity created it. */
export function ownedIn({ ledgerFile }: Pick<RunFolder, 'ledgerFile'>): readonly Owned[] {
  const entries = readLedger(readFileSync(ledgerFile, 'utf8'));
  return createLedger(
    () => undefined,
    () => '',
    entries,
  ).owned();
}

/** For a run that ended before its first line: its folder is kept only if something is left. */
function reportAborted(folder: RunFolder, left: readonly Leak[], isOpen: boolean, options: RunOptions): void {
  if (left.length === 0 && !isOpen) {
    folder.discard();
    return;
  }
  for (const leak of left) process.stderr.write(`${leftBehind(leak)}\n`);
  process.stderr.write(`To remove what is left or may still appear: ${cleanupCommand(folder.path, options)}\n`);
}
