/** Probes a target as the member: endpoints, microversions, fixtures and capabilities. */
import type { Exchange } from '../../src/client/exchange.ts';
import type { RequestFacts, Recorder } from '../../src/client/recorder.ts';
import { sendPatiently } from '../../src/client/send-patiently.ts';
import type { Identity } from '../../src/clauses/identity.ts';
import type { Target } from '../../src/planning/target.ts';
import type { Session } from '../../src/target/session.ts';
import { versionRoot } from '../../src/target/version-root.ts';
import { discoverCapabilities, discoverRange } from '../../suites/discover.ts';
import { DiscoveryError, type Ask } from '../../suites/fixtures/ask.ts';
import { chooseFixtures, type Fixture, type Needs } from '../../suites/fixtures/choose.ts';
import { UsageError } from '../errors.ts';
import type { RunOptions } from './run-options.ts';

export interface ProbeResult {
  readonly target: Target;
  readonly fixtures: readonly Fixture[];
  readonly needs: Needs;
}

export interface ProbeOptions extends Pick<RunOptions, 'fixtures' | 'capabilities'> {
  /** Identities that the administrator will create; without a member, the administrator probes. */
  readonly toBeMade?: readonly Identity[];
}

const needed = ['compute', 'block-storage', 'image'] as const;

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
  const { toBeMade = [] } = options;
  const member = viewerAmong(sessions, toBeMade);
  if (!member) throw new UsageError('A member identity is needed. Pass --os-cloud CLOUD.');
  const admin = sessions.get('admin');
  const endpoints = endpointsOf(member);
  const ask = askAs(member, recorder);
  const range = await discoverRange(ask);
  const choice = await chooseFixtures(ask, {
    range,
    given: options.fixtures,
    projectId: member.projectId,
    hasNetworks: member.endpoint('network') !== undefined,
    askAdmin: admin && askAs(admin, recorder),
  });
  const target: Target = {
    name,
    endpoints,
    range,
    identities: new Set([...sessions.keys(), ...toBeMade]),
    capabilities: discoverCapabilities(choice, options.capabilities),
    fixtures: Object.fromEntries(choice.fixtures.map(({ kind, id }) => [kind, id])),
  };
  // The target chooses the names, and reports store them.
  const fixtures = choice.fixtures.map((fixture) => recorder.redactor.value(fixture));
  return { target, fixtures, needs: choice.needs };
}

/** Who probes: the member, or the administrator if the member is yet to be created. */
export function viewerAmong(
  sessions: ReadonlyMap<Identity, Session>,
  toBeMade: readonly Identity[],
): Session | undefined {
  return sessions.get('member') ?? (toBeMade.includes('member') ? sessions.get('admin') : undefined);
}

/** The endpoints of the services that a run needs. @throws DiscoveryError */
export function endpointsOf(member: Session, types: readonly string[] = needed): Target['endpoints'] {
  return Object.fromEntries(types.map((type) => [type, endpointOf(member, type)]));
}

export function askAs(session: Session, recorder: Recorder): Ask {
  return async (service, path, microversion): Promise<Exchange> => {
    const endpoint = endpointOf(session, service);
    // The version document is at the version root, without the project that an endpoint may end with.
    const base = path === '/' ? versionRoot(endpoint) : endpoint;
    const requestFacts = async (): Promise<RequestFacts> => {
      const headers = [
        ['accept', 'application/json'],
        ...(microversion === undefined ? [] : [['openstack-api-version', `${service} ${microversion}`] as const]),
        ...(await session.headers()),
      ] as const;
      const request = { method: 'GET', url: `${base}${path}`, headers };
      return { purpose: 'discovery', identity: session.identity, request };
    };
    return (await sendPatiently(recorder, requestFacts)).exchange;
  };
}

function endpointOf(session: Session, type: string): string {
  const url = session.endpoint(type);
  if (url === undefined) throw new DiscoveryError(session.wordMissing(type));
  return url;
}
