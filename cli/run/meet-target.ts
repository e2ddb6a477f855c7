/** Signs in, and finds out what the target is: endpoints, microversions, fixtures and capabilities. */
import type { Exchange } from '../../src/client/exchange.ts';
import { createHttpClient, type HttpClientOptions } from '../../src/client/http-client.ts';
import { createRecorder, type Totals } from '../../src/client/recorder.ts';
import { createRedactor } from '../../src/client/redaction.ts';
import { identities, type Identity } from '../../src/conformance/clause.ts';
import type { Target } from '../../src/conformance/target.ts';
import { secretsOf, type Credentials } from '../../src/target/credentials.ts';
import { signIn, type Session } from '../../src/target/session.ts';
import { discoverCapabilities, discoverFixtures, discoverRange, DiscoveryError } from '../../suites/discover.ts';
import { UsageError } from '../errors.ts';
import { connectionOf, proxySecrets } from './connection.ts';
import type { CredentialsByIdentity } from './find-credentials.ts';
import type { OpenTarget } from './open-target.ts';
import type { RunOptions } from './run-options.ts';

export interface Met {
  readonly target: Target;
  readonly totals: Totals;
  /** As given, with endpoints that were found by asking. */
  readonly credentials: CredentialsByIdentity;
  readonly connection: HttpClientOptions;
}

const needed = ['compute', 'block-storage', 'image'] as const;

/** @throws SignInError, DiscoveryError, UsageError */
export async function meetTarget(
  opened: Pick<OpenTarget, 'name' | 'credentials' | 'embedded'>,
  options: Pick<RunOptions, 'fixtures' | 'capabilities'> & Partial<Pick<RunOptions, 'patience'>>,
): Promise<Met> {
  const { name, credentials } = opened;
  const given = identities.flatMap((identity) => {
    const own = credentials[identity];
    return own ? [[identity, own] as const] : [];
  });
  const connection = connectionOf(credentials, opened.embedded === true);
  for (const line of insecureLines(credentials)) process.stderr.write(`${line}\n`);
  const { patience } = options;
  const http = createHttpClient({ ...connection, ...(patience === undefined ? {} : { patience }) });
  const redactor = createRedactor();
  for (const [, own] of given) for (const secret of secretsOf(own)) redactor.learn(secret);
  for (const secret of proxySecrets(connection.proxies)) redactor.learn(secret);
  const recorder = createRecorder(http, redactor, { now: Date.now });
  try {
    const sessions = await signInAll(given, (identity, own) => signIn(identity, own, recorder, { now: Date.now }));
    const member = sessions.get('member');
    if (!member) throw new UsageError('Nobody is the member.');
    const endpoints = Object.fromEntries(needed.map((type) => [type, endpointOf(member, type)]));
    const ask = async (service: string, path: string): Promise<Exchange> => {
      const headers = [['accept', 'application/json'], ...(await member.headers())] as const;
      const request = { method: 'GET', url: `${endpoints[service]}${path}`, headers };
      return (await recorder.send({ purpose: 'discovery', identity: 'member', request })).exchange;
    };
    const [range, fixtures] = await Promise.all([discoverRange(ask), discoverFixtures(ask, options.fixtures)]);
    const target: Target = {
      name,
      endpoints,
      range,
      identities: new Set(sessions.keys()),
      capabilities: discoverCapabilities(fixtures, options.capabilities),
      fixtures,
    };
    return { target, totals: recorder.totals(), credentials, connection };
  } finally {
    await http.close();
  }
}

async function signInAll(
  given: readonly (readonly [Identity, Credentials])[],
  enter: (identity: Identity, credentials: Credentials) => Promise<Session>,
): Promise<ReadonlyMap<Identity, Session>> {
  return new Map(
    await Promise.all(given.map(async ([identity, own]) => [identity, await enter(identity, own)] as const)),
  );
}

function endpointOf(session: Session, type: string): string {
  const url = session.endpoint(type);
  if (url === undefined) {
    throw new DiscoveryError(
      `The catalogue has no ${type} endpoint; check region and interface, or set ${type}_endpoint_override.`,
    );
  }
  // The image endpoint may carry its version; the suites add it themselves.
  return type === 'image' ? url.replace(/\/v2(\.\d+)?$/, '') : url;
}

/** Said before anything is sent. */
function insecureLines(credentials: CredentialsByIdentity): readonly string[] {
  return Object.entries(credentials).flatMap(([identity, { from, tls }]) =>
    tls.insecure
      ? [
          `WARNING: certificates are not checked for ${identity} (${from}, ${tls.told ?? 'insecure'}): whoever stands between can read and change everything.`,
        ]
      : [],
  );
}
