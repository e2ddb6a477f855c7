/** What a target is, as the member sees it: endpoints, microversions, fixtures and capabilities. */
import type { Exchange } from '../../src/client/exchange.ts';
import type { Errand, Recorder } from '../../src/client/recorder.ts';
import { sendPatiently } from '../../src/client/send-patiently.ts';
import type { Identity } from '../../src/conformance/identity.ts';
import type { Target } from '../../src/conformance/target.ts';
import type { Session } from '../../src/target/session.ts';
import { versionRoot } from '../../src/target/version-root.ts';
import { discoverCapabilities, discoverRange } from '../../suites/discover.ts';
import { DiscoveryError, type Ask } from '../../suites/fixtures/ask.ts';
import { chooseFixtures, type Fixture, type Needs } from '../../suites/fixtures/choose.ts';
import { UsageError } from '../errors.ts';
import type { RunOptions } from './run-options.ts';

export interface Seen {
  readonly target: Target;
  readonly fixtures: readonly Fixture[];
  readonly needs: Needs;
}

export interface LookOptions extends Pick<RunOptions, 'fixtures' | 'capabilities'> {
  /** By an administrator, later: he looks in place of a member. */
  readonly toBeMade?: readonly Identity[];
}

const needed = ['compute', 'block-storage', 'image'] as const;

/** @throws DiscoveryError, UsageError: without secrets, whatever the target calls its things */
export async function lookAt(
  name: string,
  sessions: ReadonlyMap<Identity, Session>,
  recorder: Recorder,
  options: LookOptions,
): Promise<Seen> {
  try {
    return await look(name, sessions, recorder, options);
  } catch (error) {
    throw error instanceof DiscoveryError ? new DiscoveryError(recorder.redactor.text(error.message)) : error;
  }
}

async function look(
  name: string,
  sessions: ReadonlyMap<Identity, Session>,
  recorder: Recorder,
  options: LookOptions,
): Promise<Seen> {
  const { toBeMade = [] } = options;
  const member = viewerAmong(sessions, toBeMade);
  if (!member) throw new UsageError('Nobody is the member.');
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
  // Names are of the target's making, and are kept.
  const fixtures = choice.fixtures.map((fixture) => recorder.redactor.value(fixture));
  return { target, fixtures, needs: choice.needs };
}

/** Who looks: the member, or for one that is yet to be made the administrator. */
export function viewerAmong(
  sessions: ReadonlyMap<Identity, Session>,
  toBeMade: readonly Identity[],
): Session | undefined {
  return sessions.get('member') ?? (toBeMade.includes('member') ? sessions.get('admin') : undefined);
}

/** Of the services that a run needs. @throws DiscoveryError */
export function endpointsOf(member: Session, types: readonly string[] = needed): Target['endpoints'] {
  return Object.fromEntries(types.map((type) => [type, endpointOf(member, type)]));
}

export function askAs(session: Session, recorder: Recorder): Ask {
  return async (service, path, microversion): Promise<Exchange> => {
    const endpoint = endpointOf(session, service);
    // The document of a version stands before the project that an endpoint may end with.
    const base = path === '/' ? versionRoot(endpoint) : endpoint;
    const errand = async (): Promise<Errand> => {
      const headers = [
        ['accept', 'application/json'],
        ...(microversion === undefined ? [] : [['openstack-api-version', `${service} ${microversion}`] as const]),
        ...(await session.headers()),
      ] as const;
      const request = { method: 'GET', url: `${base}${path}`, headers };
      return { purpose: 'discovery', identity: session.identity, request };
    };
    return (await sendPatiently(recorder, errand)).exchange;
  };
}

function endpointOf(session: Session, type: string): string {
  const url = session.endpoint(type);
  if (url === undefined) throw new DiscoveryError(session.wordMissing(type));
  return url;
}
