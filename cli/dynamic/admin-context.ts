/**
 * The context in which an administrator creates and removes identities: its own session, with the ledger of the run.
 */
import type { Totals } from '../../src/client/recorder.ts';
import { guardedRecorder } from '../../src/execution/checked-requests.ts';
import type { Identity } from '../../src/clauses/identity.ts';
import { createLedger, type AppendLedger } from '../../src/resources/ledger.ts';
import type { LedgerEntry } from '../../src/records/ledger.ts';
import { createBackground, type CleanupContext } from '../../src/execution/run-context.ts';
import type { Credentials } from '../../src/target/credentials.ts';
import { signIn, type Session } from '../../src/target/session.ts';
import { guardOf } from '../../suites/changes.ts';
import { declaredVersionHeaders } from '../../suites/services.ts';
import { connect } from '../run/connect.ts';
import { openLedgerFile } from '../run/ledger-file.ts';
import type { OpenTarget } from '../run/open-target.ts';
import { UsageError } from '../errors.ts';

export interface AdminContext extends CleanupContext {
  readonly admin: Session;
  /** Signs in a given identity; roles may be granted in its project. */
  readonly signIn: (identity: Identity, credentials: Credentials) => Promise<Session>;
  readonly totals: () => Totals;
  readonly close: () => Promise<void>;
}

export interface CleanupContextOptions {
  readonly runName: string;
  readonly ledgerFile: string;
  /** Called when the ledger cannot be written for the first time; no identity is created after that. */
  readonly failed: (error: Error) => void;
  /** False if nothing can be appended to the ledger; default true. */
  readonly isRecorded?: boolean;
  /** Entries of an earlier process. */
  readonly before?: readonly LedgerEntry[];
  readonly timeoutFactor?: number;
  readonly requestsPerSecond?: number | undefined;
}

/** @throws UsageError, SignInError */
export async function openAdminContext(
  opened: Pick<OpenTarget, 'credentials' | 'embedded'>,
  {
    runName,
    ledgerFile,
    failed,
    isRecorded = true,
    before = [],
    timeoutFactor,
    requestsPerSecond,
  }: CleanupContextOptions,
): Promise<AdminContext> {
  const own = opened.credentials.admin;
  if (!own) throw new UsageError('An administrator is needed to create and remove identities. Pass --admin CLOUD.');
  if (own.auth.type === 'none' || own.auth.type === 'http_basic') {
    throw new UsageError(
      `${own.from}: auth type ${own.auth.type} has no identities. Pass an administrator of Keystone.`,
    );
  }
  const { recorder, close } = connect({ ...opened, credentials: { admin: own } }, { timeoutFactor, requestsPerSecond });
  try {
    const admin = await signIn('admin', own, recorder, { now: Date.now });
    const where = admin.endpoint('identity') ?? '';
    const append: AppendLedger = isRecorded ? openLedgerFile(ledgerFile, failed, { where }).append : () => undefined;
    const ledger = createLedger(append, () => new Date().toISOString(), before);
    const signedIn = new Map<Identity, Session>([['admin', admin]]);
    return {
      runName,
      target: { services: { identity: { endpoint: where } } },
      versionHeaders: declaredVersionHeaders,
      recorder: guardedRecorder(recorder),
      ledger,
      guard: guardOf({ ledger, runName, sessions: signedIn }),
      sessions: new Map([['admin', admin]]),
      background: createBackground().add,
      admin,
      signIn: async (identity, credentials) => {
        const session = await signIn(identity, credentials, recorder, { now: Date.now });
        signedIn.set(identity, session);
        return session;
      },
      totals: recorder.totals,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
