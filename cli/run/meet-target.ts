/** Signs everybody in, and finds out what the target is. */
import type { HttpClientOptions } from '../../src/client/http-client.ts';
import type { Totals, Trace } from '../../src/client/recorder.ts';
import { identities, type Identity } from '../../src/conformance/clause.ts';
import { openSession } from '../../src/target/open-session.ts';
import type { Session } from '../../src/target/session.ts';
import { readQuotas, type Quota } from '../../suites/quotas.ts';
import { connect } from './connect.ts';
import type { CredentialsByIdentity } from './find-credentials.ts';
import { askAs, lookAt, type LookOptions, type Seen } from './look-at.ts';
import type { OpenTarget } from './open-target.ts';
import type { RunOptions } from './run-options.ts';

export interface Met extends Seen {
  readonly totals: Totals;
  /** Of the member's project, where they were asked for and told. */
  readonly quotas: readonly Quota[];
  readonly credentials: CredentialsByIdentity;
  readonly connection: HttpClientOptions;
  /** Those who were made for this run. */
  readonly made: ReadonlySet<Identity>;
  /** What the run met of secrets so far, tokens among them. */
  readonly secrets: readonly string[];
  /** Who the identities are, by role; nothing of a target without Keystone. */
  readonly accounts: Readonly<Record<string, Account>>;
}

export interface Account {
  readonly project?: string;
  readonly user?: string;
}

/** @throws SignInError, DiscoveryError, UsageError */
export async function meetTarget(
  opened: Pick<OpenTarget, 'name' | 'credentials' | 'embedded' | 'made' | 'unmade'>,
  options: Pick<RunOptions, 'fixtures' | 'capabilities'> &
    Partial<Pick<RunOptions, 'patience'>> &
    Partial<Pick<RunOptions, 'requestsPerSecond'>> &
    Pick<LookOptions, 'toBeMade'> & { readonly trace?: Trace; readonly wantsQuotas?: boolean },
): Promise<Met> {
  const { name, credentials } = opened;
  const { recorder, connection, close } = connect(opened, options);
  try {
    const signedIn = identities.flatMap((identity) => {
      const own = credentials[identity];
      return own
        ? [openSession(identity, own, recorder, { now: Date.now }).then((session) => [identity, session] as const)]
        : [];
    });
    const sessions = new Map(await Promise.all(signedIn));
    const { target, ...seen } = await lookAt(name, sessions, recorder, options);
    const member = options.wantsQuotas ? sessions.get('member') : undefined;
    const quotas = member ? await readQuotas(askAs(member, recorder)) : [];
    const whole = opened.unmade ? { ...target, unmade: opened.unmade } : target;
    const made = opened.made ?? new Set<Identity>();
    const accounts = Object.fromEntries([...sessions].map(([role, session]) => [role, accountOf(session)]));
    const secrets = recorder.redactor.known();
    const totals = recorder.totals();
    return { ...seen, target: whole, made, totals, quotas, credentials, connection, secrets, accounts };
  } finally {
    await close();
  }
}

function accountOf({ projectId: project, userId: user }: Session): Account {
  return { ...(project === undefined ? {} : { project }), ...(user === undefined ? {} : { user }) };
}
