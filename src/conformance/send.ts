/**
 * Requests to a service of the target, on behalf of an identity, at a microversion.
 */
import type { Exchange, Headers, Purpose } from '../client/exchange.ts';
import { receivedIn } from '../client/received.ts';
import type { Errand } from '../client/recorder.ts';
import { sendPatiently } from '../client/send-patiently.ts';
import type { OperationId } from '../contract/model.ts';
import type { Json } from '../json.ts';
import { splitEndpoint } from '../target/version-root.ts';
import type { Identity } from './identity.ts';
import { noteAsked } from './checked.ts';
import { HarnessError, NotBound } from './errors.ts';
import { withGoodToken, type Attempt } from './good-token.ts';
import { markChecked } from './checked-requests.ts';
import { guardReading, type Change } from './guard.ts';
import type { Ground } from './world.ts';

export interface ServiceRequest {
  readonly service: string;
  readonly method: string;
  /** Appended to the endpoint; begins with a slash, or is empty. */
  readonly path: string;
  /**
   * What stands in place of the version in the endpoint, such as `v2`; `root` cuts it off with all that follows, `own`
   * what follows it, such as a project.
   */
  readonly version?: 'root' | 'own' | 'v2';
  /** Without the question mark; values already encoded. */
  readonly query?: string;
  /** Sent as JSON. */
  readonly body?: Json;
  /** Sent as it is, instead of `body`. */
  readonly rawBody?: string;
  /** Names in lower case; added to, or in place of, what would be sent. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Names in lower case that are not to be sent. */
  readonly without?: readonly string[];
  /** As text, `2.79` or something odd on purpose; missing: no version header at all. */
  readonly microversion?: string;
  readonly as?: Identity | 'nobody';
  readonly purpose: Purpose;
  readonly operation?: OperationId;
  /** It makes something: where nobody knows what came of it, it is not sent again. */
  readonly creates?: true;
}

/** The word for a service in `OpenStack-API-Version`, where it is not the service type. */
const versionNames: Readonly<Record<string, string>> = { 'block-storage': 'volume' };

/**
 * The one place where requests to the target's services leave. `keep` is handed every exchange, the first of a repeated one as well.
 *
 * @throws HarnessError for one that would touch what is not the run's
 */
export async function sendRequest(
  world: Ground,
  request: ServiceRequest,
  keep: (exchange: Exchange) => void = () => undefined,
): Promise<Exchange> {
  // Read once: what is checked is what is sent.
  const wanted: ServiceRequest = { ...request, ...(request.headers && { headers: { ...request.headers } }) };
  const body = wanted.rawBody ?? (wanted.body === undefined ? undefined : JSON.stringify(wanted.body));
  if (world.readOnly) guardReading(wanted);
  world.guard.check(changeOf(wanted, body));
  const as = wanted.as ?? 'member';
  const endpoint = endpointFor(world, wanted.service, as);
  if (endpoint === undefined) throw new HarnessError(`The target has no endpoint for ${wanted.service}`);
  const base = wanted.version === undefined ? endpoint : otherVersion(endpoint, wanted.version);
  const url = `${base}${wanted.path}${wanted.query === undefined ? '' : `?${wanted.query}`}`;
  const once = async (): Promise<Attempt> => {
    let headers: Headers = [];
    const errand = async (): Promise<Errand> => {
      const gone = world.gone?.();
      if (gone) throw gone;
      headers = await headersFor(world, wanted, as, body !== undefined);
      return {
        purpose: wanted.purpose,
        ...(wanted.operation === undefined ? {} : { operation: wanted.operation }),
        ...(wanted.creates && { creates: true }),
        ...(world.isConfirming && { isConfirming: true }),
        identity: as,
        request: markChecked({ method: wanted.method, url, headers, ...(body === undefined ? {} : { body }) }),
      };
    };
    const { exchange } = await sendPatiently(world.recorder, errand, keep);
    noteAsked(exchange, wanted.service, wanted.path);
    const received = receivedIn(exchange);
    if (received) world.guard.see(received.body, exchange.request);
    return { exchange, headers };
  };
  const carriesToken =
    as !== 'nobody' && !('x-auth-token' in (wanted.headers ?? {})) && !wanted.without?.includes('x-auth-token');
  const session = carriesToken ? world.sessions.get(as) : undefined;
  return session ? withGoodToken(world, session, wanted.purpose, once, keep) : (await once()).exchange;
}

function changeOf({ service, method, path, version, query, purpose, headers }: ServiceRequest, body?: string): Change {
  return {
    ...{ service, method, path, purpose },
    ...(version === undefined ? {} : { version }),
    ...(query === undefined ? {} : { query }),
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  };
}

/** Endpoints may hold the project of whoever asks. */
function endpointFor(world: Ground, service: string, as: Identity | 'nobody'): string | undefined {
  const own = as === 'nobody' ? undefined : world.sessions.get(as)?.endpoint(service);
  return own ?? world.target.endpoints[service];
}

/** @throws NotBound when the endpoint names no version. */
function otherVersion(endpoint: string, version: NonNullable<ServiceRequest['version']>): string {
  const { root, version: own, rest } = splitEndpoint(endpoint);
  if (own === undefined) throw new NotBound(`The endpoint ${endpoint} names no version.`);
  if (version === 'own') return `${root}/${own}`;
  return version === 'root' ? root : `${root}/${version}${rest}`;
}

async function headersFor(
  world: Ground,
  wanted: ServiceRequest,
  as: Identity | 'nobody',
  hasBody: boolean,
): Promise<Headers> {
  const { service, microversion } = wanted;
  const headers = new Map<string, string>([['accept', 'application/json']]);
  if (hasBody) headers.set('content-type', 'application/json');
  if (microversion !== undefined) {
    headers.set('openstack-api-version', `${versionNames[service] ?? service} ${microversion}`);
  }
  for (const [name, value] of as === 'nobody' ? [] : await credentialsOf(world, as)) headers.set(name, value);
  const marks = isJudged(wanted.purpose) ? world.judgedHeaders : undefined;
  for (const [name, value] of Object.entries({ ...marks, ...wanted.headers })) headers.set(name, value);
  for (const name of wanted.without ?? []) headers.delete(name);
  return [...headers];
}

function isJudged(purpose: Purpose): boolean {
  return purpose === 'act' || purpose === 'observation';
}

async function credentialsOf(world: Ground, as: Identity): Promise<readonly (readonly [string, string])[]> {
  const session = world.sessions.get(as);
  if (!session) throw new HarnessError(`Nobody is signed in as ${as}`);
  return session.headers();
}
