/** Examines a target without changing it, and reports what a run could decide there. */
import type { Exchange } from '../../src/client/exchange.ts';
import type { Recorder } from '../../src/client/recorder.ts';
import { identities } from '../../src/clauses/identity.ts';
import { type Identity } from '../../src/clauses/identity.ts';
import { planSummaryOf, sharesOf } from '../../src/planning/plan-summary.ts';
import { identityOption, planCases } from '../../src/planning/plan-cases.ts';
import type { Target, CreationFailure } from '../../src/planning/target.ts';
import { groupBy } from '../../src/group-by.ts';
import { formatRange, type MicroversionRange } from '../../src/microversion.ts';
import type { Advice, DoctorIdentity, DoctorReport } from '../../src/records/doctor.ts';
import type { ResourceKind } from '../../src/resources/resource-type.ts';
import type { Session } from '../../src/target/session.ts';
import { knownCapabilities } from '../../suites/services.ts';
import type { DiscoveryError } from '../../suites/target-resources/ask.ts';
import { readQuotas, type Quota } from '../../suites/quotas.ts';
import { kindsOfSuites, resourceKinds } from '../../suites/resources.ts';
import type { OpenClauses } from '../clauses/open-clauses.ts';
import { withUntested } from '../clauses/with-untested.ts';
import { toBeMade } from '../dynamic/to-be-made.ts';
import { connect } from '../run/connect.ts';
import { openSelection } from '../run/open-selection.ts';
import { askAs, endpointsOf, probe, viewerAmong, type ProbeOptions, type ProbeResult } from '../run/probe.ts';
import type { OpenTarget } from '../run/open-target.ts';
import type { RunOptions } from '../run/run-options.ts';
import { limitsFor } from '../run/resource-limits.ts';
import { signInEach } from '../run/sign-in-each.ts';
import { toolVersion } from '../tool-version.ts';
import { advise, firstAhead } from './advise.ts';

/** @throws UsageError when the reference or a certificate file cannot be read. */
export async function examine(opened: OpenTarget, options: RunOptions): Promise<DoctorReport> {
  const { recorder: plain, close } = connect(opened, options);
  const exchanges: Exchange[] = [];
  const openClauses = await openSelection(options);
  const recorder = collecting(plain, exchanges);
  const kinds = [...resourceKinds, ...kindsOfSuites(openClauses.suites)];
  const insecure = Object.values(opened.credentials).some(({ tls }) => tls.insecure);
  try {
    const { sessions, unfit, doubts } = await signInEach(opened.credentials, recorder);
    const planned = toBeMade(opened.credentials, options);
    const viewer = viewerAmong(sessions, planned);
    const probed = viewer
      ? await probeTarget(
          opened,
          sessions,
          viewer,
          { recorder, exchanges, unfit },
          { ...options, contracts: openClauses.ledger.contracts, kinds },
        )
      : notProbed;
    const summary = summarisePlan(probed.result?.target, options, openClauses);
    const signInFailure = viewer ? undefined : (unfit.member ?? unfit.admin);
    const refusals = [...(signInFailure ? [adviceOf(signInFailure)] : []), ...probed.refusals];
    const open = summary.blockers.some(({ verdict }) => verdict === 'not-attempted');
    const decidable = summary.operations.some((operation) => operation.decidable > 0);
    return {
      format: 'openstack-conformance/doctor',
      formatVersion: 1,
      tool: { name: 'openstack-conformance', version: toolVersion },
      ability: refusals.length > 0 || !decidable ? 'none' : open ? 'partial' : 'whole',
      refusals,
      target: {
        name: opened.name,
        endpoints: probed.endpoints,
        ...(probed.result && { microversions: describeRanges(probed.result.target) }),
        contract: summary.contract,
        ...(probed.aheadMs !== undefined && { clockAheadMs: probed.aheadMs }),
        insecure,
      },
      identities: identities.map((role) => ({
        ...identityOf(role, sessions.get(role), summary.shares(role)),
        ...(unfit[role] && { unusable: adviceOf(unfit[role]) }),
        ...(planned.includes(role) && { given: true, toBeMade: true as const }),
      })),
      quotas: probed.quotas.map(({ most = null, free = null, ...quota }) => ({ ...quota, most, free })),
      fixtures: probed.result?.fixtures ?? [],
      capabilities: capabilitiesOf(probed.result?.target),
      operations: summary.operations,
      blockers: summary.blockers,
      advice: [
        ...advise({ ...probed, insecure, kinds, limits: limitsFor(options.limits, kinds) }),
        ...(planned.includes('member') ? [newProjectAdvice] : []),
        ...doubts.map(adviceOf),
      ],
    };
  } finally {
    await close();
  }
}

function adviceOf({ reason, remedy }: CreationFailure): Advice {
  return { what: reason, remedy };
}

const newProjectAdvice: Advice = {
  what: 'The run creates the member in a new project; quotas and usable resources are shown here as the administrator sees them.',
  remedy: 'Check the default quotas (openstack quota show --default), and make the flavors and the image public.',
};

interface ProbeOutcome {
  readonly endpoints: DoctorReport['target']['endpoints'];
  readonly quotas: readonly Quota[];
  readonly aheadMs?: number | undefined;
  readonly result?: ProbeResult;
  readonly refusals: readonly Advice[];
}

const notProbed: ProbeOutcome = { endpoints: {}, quotas: [], refusals: [] };

interface ProbeContext {
  readonly recorder: Recorder;
  readonly exchanges: readonly Exchange[];
  readonly unfit: Target['creationFailures'];
}

/** Probes as much as the target allows; a refusal ends the probe. */
async function probeTarget(
  opened: OpenTarget,
  sessions: ReadonlyMap<Identity, Session>,
  member: Session,
  { recorder, exchanges, unfit }: ProbeContext,
  options: RunOptions & Pick<ProbeOptions, 'contracts'> & { readonly kinds: readonly ResourceKind[] },
): Promise<ProbeOutcome> {
  const planned = toBeMade(opened.credentials, options);
  let outcome = notProbed;
  try {
    const ask = askAs(member, recorder);
    const tested = options.contracts.map(({ service }) => service);
    const { endpoints } = endpointsOf(member, tested);
    outcome = { ...outcome, endpoints };
    const aheadMs = firstAhead([await ask(tested.find((type) => endpoints[type]) ?? '', '/'), ...exchanges]);
    outcome = { ...outcome, aheadMs, quotas: await readQuotas(ask, Object.keys(endpoints), options.kinds) };
    const capabilities = { ...opened.capabilities, ...options.capabilities };
    const found = await probe(opened.name, sessions, recorder, { ...options, capabilities, toBeMade: planned });
    const target = { ...found.target, ...(unfit && { creationFailures: unfit }) };
    return { ...outcome, result: { ...found, target } };
  } catch (error) {
    if ((error as Partial<DiscoveryError>).code !== 'discovery') throw error;
    const what = (error as Error).message;
    return { ...outcome, refusals: [{ what, remedy: 'Fix this first: a run would not start.' }] };
  }
}

/** A recorder that also adds every exchange to `exchanges`. */
function collecting(recorder: Recorder, exchanges: Exchange[]): Recorder {
  return {
    ...recorder,
    send: async (requestFacts) => {
      const recorded = await recorder.send(requestFacts);
      exchanges.push(recorded.exchange);
      return recorded;
    },
  };
}

/** What a run could decide; empty where no target was probed. */
function summarisePlan(target: Target | undefined, options: RunOptions, opened: OpenClauses) {
  const { contracts } = opened.ledger;
  const clauses = withUntested(opened);
  const plan = (of: Target): ReturnType<typeof planCases> => planCases(clauses, contracts, of, options.selection);
  // A plan has one case of a clause that is blocked; the complete plan says at how many microversions it would run.
  const whole = target ? planCases(clauses, contracts, withAll(target), { ...options.selection, mode: 'full' }) : [];
  const byClause = groupBy(whole, ({ clause }) => clause as string);
  const casesOf = (clause: string): number => byClause.get(clause)?.length ?? 1;
  const planSummary = planSummaryOf(target ? plan(target) : [], casesOf);
  const withAllIdentities = target ? plan({ ...target, identities: new Set(identities) }) : [];
  return {
    contract: describeByService(contracts.map(({ service, microversions }) => [service, microversions?.range])),
    operations: planSummary.operations,
    blockers: planSummary.blockers.map(({ cases, ...blocker }) => ({
      ...blocker,
      cases: cases.reduce((sum, id) => sum + casesOf(id.split('@')[0] ?? id), 0),
    })),
    shares: (role: Identity) => sharesOf(withAllIdentities, clauses, role),
  };
}

function describeRanges({ services }: Target): string {
  return describeByService(Object.entries(services).map(([type, { range }]) => [type, range]));
}

/** `2.1-2.104`, or with several services `compute 2.1-2.104, placement 1.0-1.39`. */
function describeByService(ranges: readonly (readonly [string, MicroversionRange | undefined])[]): string {
  const known = ranges.flatMap(([type, range]) => (range ? [{ type, words: formatRange(range) }] : []));
  return known.map(({ type, words }) => (known.length === 1 ? words : `${type} ${words}`)).join(', ');
}

/** With every identity and every capability. */
function withAll(target: Target): Target {
  const capabilities = Object.entries(target.capabilities).map(([id, one]) => [id, { ...one, has: true }]);
  return {
    ...target,
    creationFailures: {},
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
  return knownCapabilities.flatMap(({ id, words, remedy }) => {
    const capability = target?.capabilities[id];
    return capability ? [{ id, words, ...capability, remedy }] : [];
  });
}
