/** Everybody signs in by himself, so that one who cannot hides nobody else. */
import type { Recorder } from '../../src/client/recorder.ts';
import { identities, type Identity } from '../../src/conformance/clause.ts';
import { identityOption } from '../../src/conformance/plan-cases.ts';
import type { Advice } from '../../src/report/doctor.ts';
import { openSession } from '../../src/target/open-session.ts';
import type { Session } from '../../src/target/session.ts';
import type { CredentialsByIdentity } from '../run/find-credentials.ts';

export interface SignedIn {
  readonly sessions: ReadonlyMap<Identity, Session>;
  readonly refusals: readonly Advice[];
}

export async function signInEach(credentials: CredentialsByIdentity, recorder: Recorder): Promise<SignedIn> {
  const sessions = new Map<Identity, Session>();
  const refusals: Advice[] = [];
  for (const identity of identities) {
    const own = credentials[identity];
    if (!own) continue;
    try {
      sessions.set(identity, await openSession(identity, own, recorder, { now: Date.now }));
    } catch (error) {
      refusals.push(refusalOf(error, identity, own.from));
    }
  }
  return { sessions, refusals };
}

/** Errors that know their mend keep it; who need not be there may be left out. */
function refusalOf(error: unknown, identity: Identity, from: string): Advice {
  const { what, mend } = error as Partial<Advice>;
  const told = what ?? (error instanceof Error ? error.message : String(error));
  const advice = mend ?? `Look at ${from}.`;
  if (identity === 'member') return { what: told, mend: advice };
  return { what: told, mend: `${advice} Or leave the ${identity} out (${identityOption(identity)}).` };
}
