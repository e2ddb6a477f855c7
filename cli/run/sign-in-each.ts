/**
 * Signs in each identity separately, so that one failure does not affect the others; unsuitable identities are left
 * out.
 */
import type { Recorder } from '../../src/client/recorder.ts';
import { identities } from '../../src/clauses/identity.ts';
import { type Identity } from '../../src/clauses/identity.ts';
import { identityOption } from '../../src/planning/plan-cases.ts';
import type { CreationFailure } from '../../src/planning/target.ts';
import type { Credentials } from '../../src/target/credentials.ts';
import { openSession } from '../../src/target/open-session.ts';
import type { Session } from '../../src/target/session.ts';
import { memberIsAdmin, whyUnfit } from '../../src/target/unfit-identity.ts';
import type { CredentialsByIdentity } from './find-credentials.ts';

export interface SignedIn {
  /** The sessions of the suitable identities. */
  readonly sessions: ReadonlyMap<Identity, Session>;
  /** The unsuitable identities, including the member, and why. */
  readonly unfit: Readonly<Partial<Record<Identity, CreationFailure>>>;
  /** Problems that a run tolerates, but that may distort its result. */
  readonly doubts: readonly CreationFailure[];
  /** The error of signing in the member. */
  readonly memberError?: Error;
}

/** @throws errors that do not come from the target */
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
  const unfit: Partial<Record<Identity, CreationFailure>> = {};
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

/** Keeps the remedy of the error; an optional identity may also be left out. */
function refusalOf(error: unknown, role: Identity, { from }: Credentials): CreationFailure {
  const { what, remedy } = error as { readonly what?: string; readonly remedy?: string };
  if (what === undefined || remedy === undefined) throw error;
  const reason = `The ${role} (${from}) could not sign in: ${what}`;
  return role === 'member' ? { reason, remedy } : { reason, remedy: `${remedy} Or leave out ${identityOption(role)}.` };
}
