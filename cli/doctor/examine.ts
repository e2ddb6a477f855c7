/** Looks at a target without changing it, and says what a run could decide there. */
import type { Exchange } from '../../src/client/exchange.ts';
import type { Recorder } from '../../src/client/recorder.ts';
import { identities } from '../../src/conformance/identity.ts';
import { type Identity } from '../../src/conformance/identity.ts';
import { outlookOf, sharesOf } from '../../src/conformance/outlook.ts';
import { identityOption, planCases } from '../../src/conformance/plan-cases.ts';
import type { Target, Unmade } from '../../src/conformance/target.ts';
import { groupBy } from '../../src/group-by.ts';
import { formatRange } from '../../src/microversion.ts';
import type { Advice, DoctorIdentity, DoctorReport } from '../../src/report/doctor.ts';
import type { Session } from '../../src/target/session.ts';
import { knownCapabilities } from '../../suites/capabilities.ts';
import type { DiscoveryError } from '../../suites/fixtures/ask.ts';
import { readQuotas, type Quota } from '../../suites/quotas.ts';
import { openAccount } from '../clauses/open-account.ts';
import { withUntested } from '../clauses/with-untested.ts';
import { toBeMade } from '../dynamic/to-be-made.ts';
import { connect } from '../run/connect.ts';
import { askAs, endpointsOf, lookAt, viewerAmong, type Seen } from '../run/look-at.ts';
import type { OpenTarget } from '../run/open-target.ts';
import type { RunOptions } from '../run/run-options.ts';
import { signInEach } from '../run/sign-in-each.ts';
import { toolVersion } from '../tool-version.ts';
import { advise, firstAhead } from './advise.ts';

/** @throws UsageError when the reference or a certificate file cannot be read. */
export async function examine(opened: OpenTarget, options: RunOptions): Promise<DoctorReport> {
  const { recorder: plain, close } = connect(opened, options);
  const told: Exchange[] = [];
  const recorder = keeping(plain, told);
  const insecure = Object.values(opened.credentials).some(({ tls }) => tls.insecure);
  try {
    const { sessions, unfit, doubts } = await signInEach(opened.credentials, recorder);
    const coming = toBeMade(opened.credentials, options);
    const viewer = viewerAmong(sessions, coming);
    const look = viewer ? await lookAround(opened, sessions, viewer, { recorder, told, unfit }, options) : nothingSeen;
    const prospects = prospectsOf(look.seen?.target, options);
    const lacking = viewer ? undefined : (unfit.member ?? unfit.admin);
    const all = [...(lacking ? [adviceOf(lacking)] : []), ...look.refusals];
    const open = prospects.obstacles.some(({ verdict }) => verdict === 'not-attempted');
    const decidable = prospects.operations.some((operation) => operation.decidable > 0);
    return {
      format: 'openstack-conformance/doctor',
      formatVersion: 1,
      tool: { name: 'openstack-conformance', version: toolVersion },
      ability: all.length > 0 || !decidable ? 'none' : open ? 'partial' : 'whole',
      refusals: all,
      target: {
        name: opened.name,
        endpoints: look.endpoints,
        ...(look.seen && { microversions: formatRange(look.seen.target.range) }),
        contract: prospects.contract,
        ...(look.aheadMs !== undefined && { clockAheadMs: look.aheadMs }),
        insecure,
      },
      identities: identities.map((role) => ({
        ...identityOf(role, sessions.get(role), prospects.shares(role)),
        ...(unfit[role] && { unfit: adviceOf(unfit[role]) }),
        ...(coming.includes(role) && { given: true, toBeMade: true as const }),
      })),
      quotas: look.quotas.map(({ most = null, free = null, ...quota }) => ({ ...quota, most, free })),
      fixtures: look.seen?.fixtures ?? [],
      capabilities: capabilitiesOf(look.seen?.target),
      operations: prospects.operations,
      obstacles: prospects.obstacles,
      advice: [
        ...advise({ ...look, insecure, needs: look.seen?.needs, limits: options.limits }),
        ...(coming.includes('member') ? [newProjectAdvice] : []),
        ...doubts.map(adviceOf),
      ],
    };
  } finally {
    await close();
  }
}

function adviceOf({ reason, mend }: Unmade): Advice {
  return { what: reason, mend };
}

const newProjectAdvice: Advice = {
  what: 'The member is made in a new project; quotas, and what a new project may use, are seen here as the administrator sees them.',
  mend: 'Look at the quotas that new projects have (openstack quota show --default), and have flavors and image public.',
};

interface Look {
  readonly endpoints: Target['endpoints'];
  readonly quotas: readonly Quota[];
  readonly aheadMs?: number | undefined;
  readonly seen?: Seen;
  readonly refusals: readonly Advice[];
}

const nothingSeen: Look = { endpoints: {}, quotas: [], refusals: [] };

interface Looking {
  readonly recorder: Recorder;
  readonly told: readonly Exchange[];
  readonly unfit: Target['unmade'];
}

/** As far as the target lets itself be looked at. */
async function lookAround(
  opened: OpenTarget,
  sessions: ReadonlyMap<Identity, Session>,
  member: Session,
  { recorder, told, unfit }: Looking,
  options: RunOptions,
): Promise<Look> {
  const coming = toBeMade(opened.credentials, options);
  let look = nothingSeen;
  try {
    const ask = askAs(member, recorder);
    look = { ...look, endpoints: endpointsOf(member) };
    look = { ...look, aheadMs: firstAhead([await ask('compute', '/'), ...told]), quotas: await readQuotas(ask) };
    const capabilities = { ...opened.capabilities, ...options.capabilities };
    const seen = await lookAt(opened.name, sessions, recorder, { ...options, capabilities, toBeMade: coming });
    return { ...look, seen: { ...seen, target: { ...seen.target, ...(unfit && { unmade: unfit }) } } };
  } catch (error) {
    if ((error as Partial<DiscoveryError>).code !== 'discovery') throw error;
    const what = (error as Error).message;
    return { ...look, refusals: [{ what, mend: 'Mend this first: a run would not start.' }] };
  }
}

/** What came back stays in `told`. */
function keeping(recorder: Recorder, told: Exchange[]): Recorder {
  return {
    ...recorder,
    send: async (errand) => {
      const recorded = await recorder.send(errand);
      told.push(recorded.exchange);
      return recorded;
    },
  };
}

/** What the clauses come to; nothing where no target was seen. */
function prospectsOf(target: Target | undefined, options: RunOptions) {
  const account = openAccount(options.reference);
  const { contract } = account.ledger;
  const clauses = withUntested(account);
  const plan = (who: Target): ReturnType<typeof planCases> => planCases(clauses, contract, who, options.selection);
  // What is missing may decide a clause at many microversions; the plan without it keeps one case of the clause.
  const whole = target ? planCases(clauses, contract, withAll(target), { ...options.selection, mode: 'full' }) : [];
  const byClause = groupBy(whole, ({ clause }) => clause as string);
  const casesOf = (clause: string): number => byClause.get(clause)?.length ?? 1;
  const outlook = outlookOf(target ? plan(target) : [], casesOf);
  const everybody = target ? plan({ ...target, identities: new Set(identities) }) : [];
  return {
    contract: contract.microversions ? formatRange(contract.microversions.range) : '',
    operations: outlook.operations,
    obstacles: outlook.obstacles.map(({ cases, ...obstacle }) => ({
      ...obstacle,
      cases: cases.reduce((sum, id) => sum + casesOf(id.split('@')[0] ?? id), 0),
    })),
    shares: (role: Identity) => sharesOf(everybody, clauses, role),
  };
}

/** With every identity and every capability. */
function withAll(target: Target): Target {
  const capabilities = Object.entries(target.capabilities).map(([id, one]) => [id, { ...one, has: true }]);
  return {
    ...target,
    unmade: {},
    identities: new Set(identities),
    capabilities: Object.fromEntries(capabilities) as Target['capabilities'],
  };
}

function identityOf(
  role: Identity,
  session: Session | undefined,
  shares: { readonly cases: number; readonly clauses: number },
): DoctorIdentity {
  const user = session?.userName ?? session?.userId;
  const project = session?.projectName ?? session?.projectId;
  return {
    role,
    given: session !== undefined,
    option: identityOption(role),
    ...(user !== undefined && { user }),
    ...(project !== undefined && { project }),
    roles: session?.roles ?? [],
    ...shares,
  };
}

function capabilitiesOf(target: Target | undefined): DoctorReport['capabilities'] {
  return knownCapabilities.flatMap(({ id, words, mend }) => {
    const capability = target?.capabilities[id];
    return capability ? [{ id, words, ...capability, mend }] : [];
  });
}
