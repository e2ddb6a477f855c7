/** Signs everybody in, and finds out what the target is. */
import type { HttpClientOptions } from '../../src/client/http-client.ts';
import type { Totals, Trace } from '../../src/client/recorder.ts';
import type { Identity } from '../../src/conformance/identity.ts';
import { UsageError } from '../errors.ts';
import type { Session } from '../../src/target/session.ts';
import { printable } from '../../src/report/printable.ts';
import { readQuotas, type Quota } from '../../suites/quotas.ts';
import { connect } from './connect.ts';
import type { CredentialsByIdentity } from './find-credentials.ts';
import { askAs, lookAt, type LookOptions, type Seen } from './look-at.ts';
import type { OpenTarget } from './open-target.ts';
import type { RunOptions } from './run-options.ts';
import { signInEach, type SignedIn } from './sign-in-each.ts';

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
  const { name } = opened;
  const { recorder, connection, close } = connect(opened, options);
  try {
    const signedIn = await signInEach(opened.credentials, recorder);
    refuseWithoutViewer(signedIn, options.toBeMade ?? []);
    const { sessions, unfit, doubts } = signedIn;
    for (const { reason, mend } of [...Object.values(unfit), ...doubts]) {
      process.stderr.write(`WARNING: ${printable(`${reason} ${mend}`, 1_000)}\n`);
    }
    const fit = Object.entries(opened.credentials).filter(([role]) => sessions.has(role as Identity));
    const credentials: CredentialsByIdentity = Object.fromEntries(fit);
    const { target, ...seen } = await lookAt(name, sessions, recorder, options);
    const member = options.wantsQuotas ? sessions.get('member') : undefined;
    const quotas = member ? await readQuotas(askAs(member, recorder)) : [];
    const unmade = { ...opened.unmade, ...unfit };
    const whole = Object.keys(unmade).length > 0 ? { ...target, unmade } : target;
    const made = opened.made ?? new Set<Identity>();
    const accounts = Object.fromEntries([...sessions].map(([role, session]) => [role, accountOf(session)]));
    const secrets = recorder.redactor.known();
    const totals = recorder.totals();
    return { ...seen, target: whole, made, totals, quotas, credentials, connection, secrets, accounts };
  } finally {
    await close();
  }
}

/** Everything hangs on the member, or on the administrator who makes one. @throws SignInError, EndpointError, UsageError */
function refuseWithoutViewer({ unfit, memberError }: SignedIn, toBeMade: readonly Identity[]): void {
  if (memberError !== undefined) throw memberError;
  const lacking = toBeMade.includes('member') ? unfit.admin : unfit.member;
  if (lacking) throw new UsageError(`${lacking.reason} ${lacking.mend}`);
}

function accountOf({ projectId: project, userId: user }: Session): Account {
  return { ...(project === undefined ? {} : { project }), ...(user === undefined ? {} : { user }) };
}
