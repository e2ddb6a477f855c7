/** Signs in all identities, and discovers the target. */
import type { HttpClientOptions } from '../../src/client/http-client.ts';
import type { Totals, Trace } from '../../src/client/recorder.ts';
import type { Identity } from '../../src/clauses/identity.ts';
import type { ResourceKind } from '../../src/resources/resource-type.ts';
import { UsageError } from '../errors.ts';
import type { Session } from '../../src/target/session.ts';
import { printable } from '../../src/report/printable.ts';
import { readQuotas, type Quota } from '../../suites/quotas.ts';
import { connect } from './connect.ts';
import type { CredentialsByIdentity } from './find-credentials.ts';
import { askAs, probe, type ProbeOptions, type ProbeResult } from './probe.ts';
import type { OpenTarget } from './open-target.ts';
import type { RunOptions } from './run-options.ts';
import { signInEach, type SignedIn } from './sign-in-each.ts';

export interface Discovered extends ProbeResult {
  readonly totals: Totals;
  /** Of the project of the member; empty unless requested and shown. */
  readonly quotas: readonly Quota[];
  readonly credentials: CredentialsByIdentity;
  readonly connection: HttpClientOptions;
  /** The identities created for this run. */
  readonly made: ReadonlySet<Identity>;
  /** All secrets seen so far, including tokens. */
  readonly secrets: readonly string[];
  /** User and project of the identities, by role; empty for a target without Keystone. */
  readonly accounts: Readonly<Record<string, Account>>;
}

export interface Account {
  readonly project?: string;
  readonly user?: string;
}

/** @throws SignInError, DiscoveryError, UsageError */
export async function connectAndDiscover(
  opened: Pick<OpenTarget, 'name' | 'credentials' | 'embedded' | 'made' | 'creationFailures'>,
  options: Pick<RunOptions, 'fixtures' | 'capabilities'> &
    Partial<Pick<RunOptions, 'timeoutFactor'>> &
    Partial<Pick<RunOptions, 'requestsPerSecond'>> &
    Pick<ProbeOptions, 'contracts' | 'toBeMade'> & {
      readonly trace?: Trace;
      readonly quotasOf?: readonly ResourceKind[];
    },
): Promise<Discovered> {
  const { name } = opened;
  const { recorder, connection, close } = connect(opened, options);
  try {
    const signedIn = await signInEach(opened.credentials, recorder);
    refuseWithoutViewer(signedIn, options.toBeMade ?? []);
    const { sessions, unfit, doubts } = signedIn;
    for (const { reason, remedy } of [...Object.values(unfit), ...doubts]) {
      process.stderr.write(`WARNING: ${printable(`${reason} ${remedy}`, 1_000)}\n`);
    }
    const fit = Object.entries(opened.credentials).filter(([role]) => sessions.has(role as Identity));
    const credentials: CredentialsByIdentity = Object.fromEntries(fit);
    const { target, ...seen } = await probe(name, sessions, recorder, options);
    const member = sessions.get('member');
    const { quotasOf } = options;
    const quotas =
      member && quotasOf ? await readQuotas(askAs(member, recorder), Object.keys(target.services), quotasOf) : [];
    const creationFailures = { ...opened.creationFailures, ...unfit };
    const whole = Object.keys(creationFailures).length > 0 ? { ...target, creationFailures } : target;
    const made = opened.made ?? new Set<Identity>();
    const accounts = Object.fromEntries([...sessions].map(([role, session]) => [role, accountOf(session)]));
    const secrets = recorder.redactor.known();
    const totals = recorder.totals();
    return { ...seen, target: whole, made, totals, quotas, credentials, connection, secrets, accounts };
  } finally {
    await close();
  }
}

/** A run needs the member, or the administrator who creates it. @throws SignInError, EndpointError, UsageError */
function refuseWithoutViewer({ unfit, memberError }: SignedIn, toBeMade: readonly Identity[]): void {
  if (memberError !== undefined) throw memberError;
  const failure = toBeMade.includes('member') ? unfit.admin : unfit.member;
  if (failure) throw new UsageError(`${failure.reason} ${failure.remedy}`);
}

function accountOf({ projectId: project, userId: user }: Session): Account {
  return { ...(project === undefined ? {} : { project }), ...(user === undefined ? {} : { user }) };
}
