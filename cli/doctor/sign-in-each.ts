/** Everybody signs in by himself, so that one who cannot hides nobody else. */
import type { Recorder } from '../../src/client/recorder.ts';
import { identities, type Identity } from '../../src/conformance/clause.ts';
import { identityOption } from '../../src/conformance/plan-cases.ts';
import type { Advice } from '../../src/report/doctor.ts';
import { signIn, type Session } from '../../src/target/session.ts';
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
      sessions.set(identity, await signIn(identity, own, recorder, { now: Date.now }));
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      const option = identityOption(identity);
      const mend = `Look at ${own.from}, or leave the ${identity} out (${option}).`;
      refusals.push({ what, mend: identity === 'member' ? `Look at ${own.from}.` : mend });
    }
  }
  return { sessions, refusals };
}
