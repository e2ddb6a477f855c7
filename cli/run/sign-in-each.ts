/** Everybody signs in alone, so that one who cannot hides nobody else; and who cannot do its part is left out. */
import type { Recorder } from '../../src/client/recorder.ts';
import { identities } from '../../src/conformance/identity.ts';
import { type Identity } from '../../src/conformance/identity.ts';
import { identityOption } from '../../src/conformance/plan-cases.ts';
import type { Unmade } from '../../src/conformance/target.ts';
import type { Credentials } from '../../src/target/credentials.ts';
import { openSession } from '../../src/target/open-session.ts';
import type { Session } from '../../src/target/session.ts';
import { memberIsAdmin, whyUnfit } from '../../src/target/unfit-identity.ts';
import type { CredentialsByIdentity } from './find-credentials.ts';

export interface SignedIn {
  /** Those who can do their part. */
  readonly sessions: ReadonlyMap<Identity, Session>;
  /** Who cannot, the member included, and why. */
  readonly unfit: Readonly<Partial<Record<Identity, Unmade>>>;
  /** What a run bears, and may be misled by. */
  readonly doubts: readonly Unmade[];
  /** Why the member cannot sign in, as it was thrown. */
  readonly memberError?: Error;
}

/** @throws what is no answer of a target */
export async function signInEach(credentials: CredentialsByIdentity, recorder: Recorder): Promise<SignedIn> {
  const given = identities.flatMap((role) => {
    const own = credentials[role];
    return own ? [{ role, own }] : [];
  });
  const outcomes = await Promise.all(
    given.map(async ({ role, own }): Promise<Outcome> => {
      const signedIn = await openSession(role, own, recorder, { now: Date.now }).then(
        (session) => ({ session }),
        (error: unknown) => ({ error }),
      );
      return { role, own, ...signedIn };
    }),
  );
  const member = outcomes.find(({ role }) => role === 'member');
  const sessions = new Map<Identity, Session>();
  const unfit: Partial<Record<Identity, Unmade>> = {};
  for (const { role, own, session, error } of outcomes) {
    const why = session ? whyUnfit(role, { session, credentials: own }, member?.session) : refusalOf(error, role, own);
    if (why) unfit[role] = why;
    else if (session) sessions.set(role, session);
  }
  const doubt = member?.session && memberIsAdmin({ session: member.session, credentials: member.own });
  return {
    sessions,
    unfit,
    doubts: doubt ? [doubt] : [],
    ...(member?.error === undefined ? {} : { memberError: member.error as Error }),
  };
}

interface Outcome {
  readonly role: Identity;
  readonly own: Credentials;
  readonly session?: Session;
  readonly error?: unknown;
}

/** Errors that know their mend keep it; who need not be there may be left out. */
function refusalOf(error: unknown, role: Identity, { from }: Credentials): Unmade {
  const { what, mend } = error as { readonly what?: string; readonly mend?: string };
  if (what === undefined || mend === undefined) throw error;
  const reason = `The ${role} (${from}) could not sign in: ${what}`;
  return role === 'member' ? { reason, mend } : { reason, mend: `${mend} Or leave out ${identityOption(role)}.` };
}
