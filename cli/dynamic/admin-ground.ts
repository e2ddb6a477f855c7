/** Where an administrator makes and removes identities: signed in alone, with the ledger of the run. */
import type { Totals } from '../../src/client/recorder.ts';
import { guardedRecorder } from '../../src/conformance/checked-requests.ts';
import type { Identity } from '../../src/conformance/identity.ts';
import { createLedger, type AppendLedger, type LedgerEntry } from '../../src/conformance/ledger.ts';
import { createBackground, type Ground } from '../../src/conformance/world.ts';
import type { Credentials } from '../../src/target/credentials.ts';
import { signIn, type Session } from '../../src/target/session.ts';
import { guardOf } from '../../suites/changes.ts';
import { connect } from '../run/connect.ts';
import { openLedgerFile } from '../run/ledger-file.ts';
import type { OpenTarget } from '../run/open-target.ts';
import { UsageError } from '../errors.ts';

export interface AdminGround extends Ground {
  readonly admin: Session;
  /** Signs in an identity that was given; roles may be granted in its project. */
  readonly signIn: (identity: Identity, credentials: Credentials) => Promise<Session>;
  readonly totals: () => Totals;
  readonly close: () => Promise<void>;
}

export interface GroundOptions {
  readonly runName: string;
  readonly ledgerFile: string;
  /** Told the first time that the ledger cannot be written: nobody is made any more. */
  readonly failed: (error: Error) => void;
  /** False where nothing can be appended to the ledger; true when missing. */
  readonly isRecorded?: boolean;
  /** Of an earlier process. */
  readonly before?: readonly LedgerEntry[];
  readonly patience?: number;
  readonly requestsPerSecond?: number | undefined;
}

/** @throws UsageError, SignInError */
export async function openAdminGround(
  opened: Pick<OpenTarget, 'credentials' | 'embedded'>,
  { runName, ledgerFile, failed, isRecorded = true, before = [], patience, requestsPerSecond }: GroundOptions,
): Promise<AdminGround> {
  const own = opened.credentials.admin;
  if (!own) throw new UsageError('Nobody is there to make and remove identities; add --admin CLOUD.');
  if (own.auth.type === 'none' || own.auth.type === 'http_basic') {
    throw new UsageError(
      `${own.from}: auth type ${own.auth.type} knows no identities; give an administrator of Keystone.`,
    );
  }
  const { recorder, close } = connect({ ...opened, credentials: { admin: own } }, { patience, requestsPerSecond });
  try {
    const admin = await signIn('admin', own, recorder, { now: Date.now });
    const where = admin.endpoint('identity') ?? '';
    const append: AppendLedger = isRecorded ? openLedgerFile(ledgerFile, failed, { where }).append : () => undefined;
    const ledger = createLedger(append, () => new Date().toISOString(), before);
    const signedIn = new Map<Identity, Session>([['admin', admin]]);
    return {
      runName,
      target: { endpoints: { identity: where } },
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
