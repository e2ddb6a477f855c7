/** Probes a target as the member: endpoints, microversions, fixtures and capabilities. */
import type { Exchange } from '../../src/client/exchange.ts';
import type { RequestFacts, Recorder } from '../../src/client/recorder.ts';
import { sendPatiently } from '../../src/client/send-patiently.ts';
import type { Identity } from '../../src/clauses/identity.ts';
import type { Contracts } from '../../src/contract/contracts.ts';
import { versionHeaderOf, versionValue } from '../../src/contract/version-header.ts';
import { unversioned, type MicroversionRange } from '../../src/microversion.ts';
import type { CreationFailure, Target } from '../../src/planning/target.ts';
import type { Session } from '../../src/target/session.ts';
import { versionRoot } from '../../src/target/version-root.ts';
import { discoverCapabilities, discoverRange } from '../../suites/discover-target.ts';
import type { Ask, Fixture, QuotaUse } from '../../src/planning/fixture-choice.ts';
import { DiscoveryError } from '../../suites/target-resources/ask.ts';
import { chooseFor } from '../../suites/target-resources/choose-for.ts';
import { declaredVersionHeaders, serviceDefinition } from '../../suites/services.ts';
import { UsageError } from '../errors.ts';
import type { RunOptions } from './run-options.ts';

export interface ProbeResult {
  readonly target: Target;
  readonly fixtures: readonly Fixture[];
  readonly quotaUse: QuotaUse;
}

export interface ProbeOptions extends Pick<RunOptions, 'fixtures' | 'capabilities'> {
  /** Of the services under test. */
  readonly contracts: Contracts;
  /** Identities that the administrator will create; without a member, the administrator probes. */
  readonly toBeMade?: readonly Identity[];
}

/** @throws DiscoveryError, UsageError: without secrets, whatever the target calls its things */
export async function probe(
  name: string,
  sessions: ReadonlyMap<Identity, Session>,
  recorder: Recorder,
  options: ProbeOptions,
): Promise<ProbeResult> {
  try {
    return await discover(name, sessions, recorder, options);
  } catch (error) {
    throw error instanceof DiscoveryError ? new DiscoveryError(recorder.redactor.text(error.message)) : error;
  }
}

async function discover(
  name: string,
  sessions: ReadonlyMap<Identity, Session>,
  recorder: Recorder,
  options: ProbeOptions,
): Promise<ProbeResult> {
  const { contracts, toBeMade = [] } = options;
  const member = viewerAmong(sessions, toBeMade);
  if (!member) throw new UsageError('A member identity is needed. Pass --os-cloud CLOUD.');
  const admin = sessions.get('admin');
  const { endpoints, missing } = endpointsOf(
    member,
    contracts.map(({ service }) => service),
  );
  const ask = askAs(member, recorder);
  const tested = contracts.filter(({ service }) => missing[service] === undefined);
  const ranges = new Map<string, MicroversionRange>();
  for (const { service, microversions } of tested)
    ranges.set(service, microversions ? await discoverRange(ask, serviceDefinition(service)) : unversioned);
  const definitions = tested.map(({ service }) => serviceDefinition(service));
  const choice = await chooseFor(definitions, ask, {
    ranges,
    given: options.fixtures,
    projectId: member.projectId,
    hasEndpoint: (type) => member.endpoint(type) !== undefined,
    askAdmin: admin && askAs(admin, recorder),
  });
  const services = Object.entries(endpoints).map(([type, endpoint]) => {
    const range = ranges.get(type);
    return [type, { endpoint, ...(range && { range }) }] as const;
  });
  const target: Target = {
    name,
    services: Object.fromEntries(services),
    ...(Object.keys(missing).length > 0 && { missingServices: missing }),
    identities: new Set([...sessions.keys(), ...toBeMade]),
    capabilities: discoverCapabilities(definitions, choice, options.capabilities),
    fixtures: Object.fromEntries(choice.fixtures.map(({ kind, id }) => [kind, id])),
  };
  // The target chooses the names, and reports store them.
  const fixtures = choice.fixtures.map((fixture) => recorder.redactor.value(fixture));
  return { target, fixtures, quotaUse: choice.quotaUse };
}

/** Who probes: the member, or the administrator if the member is yet to be created. */
export function viewerAmong(
  sessions: ReadonlyMap<Identity, Session>,
  toBeMade: readonly Identity[],
): Session | undefined {
  return sessions.get('member') ?? (toBeMade.includes('member') ? sessions.get('admin') : undefined);
}

export interface FoundEndpoints {
  /** Of the tested services and of those that they use, by type. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** The services that cannot be tested, because they or services that they use have no endpoint. */
  readonly missing: NonNullable<Target['missingServices']>;
}

/** `tested`: service types. @throws DiscoveryError when none of them can be tested */
export function endpointsOf(member: Session, tested: readonly string[]): FoundEndpoints {
  const endpoints: Record<string, string> = {};
  const missing: Record<string, CreationFailure> = {};
  for (const type of tested) {
    const { uses = [], mayUse = [] } = serviceDefinition(type);
    const used = [type, ...uses];
    const absent = used.find((one) => member.endpoint(one) === undefined);
    if (absent !== undefined) missing[type] = whyMissing(member, type, absent);
    else {
      const offered = mayUse.filter((one) => member.endpoint(one) !== undefined);
      for (const one of [...used, ...offered]) endpoints[one] = member.endpoint(one) ?? '';
    }
  }
  const [first] = Object.values(missing);
  if (first && Object.keys(missing).length === tested.length)
    throw new DiscoveryError(`${first.reason} ${first.remedy}`);
  return { endpoints, missing };
}

function whyMissing(member: Session, type: string, absent: string): CreationFailure {
  const { reason, remedy } = member.describeMissing(absent);
  return { reason: absent === type ? reason : `${reason} The clauses of ${type} use it.`, remedy };
}

export function askAs(session: Session, recorder: Recorder): Ask {
  return async (service, path, microversion): Promise<Exchange> => {
    const endpoint = endpointOf(session, service);
    // The version document is at the version root, without the project that an endpoint may end with.
    const base = path === '/' ? versionRoot(endpoint) : endpoint;
    const requestFacts = async (): Promise<RequestFacts> => {
      const headers = [
        ['accept', 'application/json'],
        ...(microversion === undefined ? [] : [versionHeaderAt(service, microversion)]),
        ...(await session.headers()),
      ] as const;
      const request = { method: 'GET', url: `${base}${path}`, headers };
      return { purpose: 'discovery', identity: session.identity, request };
    };
    return (await sendPatiently(recorder, requestFacts)).exchange;
  };
}

function versionHeaderAt(service: string, microversion: string): readonly [string, string] {
  const versionHeader = versionHeaderOf(declaredVersionHeaders, service);
  return [versionHeader.header.toLowerCase(), versionValue(versionHeader, microversion)];
}

/** @throws DiscoveryError */
function endpointOf(session: Session, type: string): string {
  const url = session.endpoint(type);
  if (url !== undefined) return url;
  const { reason, remedy } = session.describeMissing(type);
  throw new DiscoveryError(`${reason} ${remedy}`);
}
