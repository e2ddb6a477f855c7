/**
 * Requests to a service of the target, on behalf of an identity, at a microversion.
 */
import { versionHeaderOf, versionValue } from '../contract/version-header.ts';
import type { Exchange, Headers, Purpose } from '../client/exchange.ts';
import { receivedIn } from '../client/received.ts';
import type { RequestFacts } from '../client/recorder.ts';
import { sendPatiently } from '../client/send-patiently.ts';
import type { OperationId } from '../contract/model.ts';
import type { Json } from '../json.ts';
import { splitEndpoint } from '../target/version-root.ts';
import type { Identity } from '../clauses/identity.ts';
import { noteAsked } from '../clauses/checked.ts';
import { HarnessError, NotBound } from './errors.ts';
import { withGoodToken, type Attempt } from './good-token.ts';
import { markChecked } from './checked-requests.ts';
import { guardReading, type Change } from '../resources/ownership-guard.ts';
import type { CleanupContext } from './run-context.ts';

export interface ServiceRequest {
  readonly service: string;
  readonly method: string;
  /** Appended to the endpoint; begins with a slash, or is empty. */
  readonly path: string;
  /**
   * Replaces the version in the endpoint, such as `v2`; `root` cuts it off with all that follows, `own`
   * what follows it, such as a project.
   */
  readonly version?: 'root' | 'own' | 'v2';
  /** Without the question mark; values already encoded. */
  readonly query?: string;
  /** Sent as JSON. */
  readonly body?: Json;
  /** Sent unchanged, instead of `body`. */
  readonly rawBody?: string;
  /** Names in lower case; added to the default headers, or replacing them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Names in lower case that are not to be sent. */
  readonly without?: readonly string[];
  /** As text, `2.79` or an invalid text on purpose; without it no version header is sent. */
  readonly microversion?: string;
  readonly as?: Identity | 'nobody';
  readonly purpose: Purpose;
  readonly operation?: OperationId;
  /** It creates something: when its result is unknown, it is not sent again. */
  readonly creates?: true;
}

/**
 * The only function that sends requests to services of the target. `keep` receives every exchange, also of each retry.
 *
 * @throws HarnessError for a request that could change resources that the run does not own
 */
export async function sendRequest(
  run: CleanupContext,
  request: ServiceRequest,
  keep: (exchange: Exchange) => void = () => undefined,
): Promise<Exchange> {
  // Copied, so that what is checked is what is sent.
  const wanted: ServiceRequest = { ...request, ...(request.headers && { headers: { ...request.headers } }) };
  const body = wanted.rawBody ?? (wanted.body === undefined ? undefined : JSON.stringify(wanted.body));
  if (run.readOnly) guardReading(wanted);
  run.guard.check(changeOf(wanted, body));
  const as = wanted.as ?? 'member';
  const endpoint = endpointFor(run, wanted.service, as);
  if (endpoint === undefined) throw new HarnessError(`The target has no endpoint for ${wanted.service}`);
  const base = wanted.version === undefined ? endpoint : otherVersion(endpoint, wanted.version);
  const url = `${base}${wanted.path}${wanted.query === undefined ? '' : `?${wanted.query}`}`;
  const once = async (): Promise<Attempt> => {
    let headers: Headers = [];
    const requestFacts = async (): Promise<RequestFacts> => {
      const lost = run.lost?.();
      if (lost) throw lost;
      headers = await headersFor(run, wanted, as, body !== undefined);
      return {
        purpose: wanted.purpose,
        ...(wanted.operation === undefined ? {} : { operation: wanted.operation }),
        ...(wanted.creates && { creates: true }),
        ...(run.isConfirming && { isConfirming: true }),
        identity: as,
        request: markChecked({ method: wanted.method, url, headers, ...(body === undefined ? {} : { body }) }),
      };
    };
    const { exchange } = await sendPatiently(run.recorder, requestFacts, keep);
    noteAsked(exchange, wanted.service, wanted.path);
    const received = receivedIn(exchange);
    if (received) run.guard.see(received.body, exchange.request);
    return { exchange, headers };
  };
  const carriesToken =
    as !== 'nobody' && !('x-auth-token' in (wanted.headers ?? {})) && !wanted.without?.includes('x-auth-token');
  const session = carriesToken ? run.sessions.get(as) : undefined;
  return session ? withGoodToken(run, session, wanted.purpose, once, keep) : (await once()).exchange;
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

/** Endpoints may contain the project of the caller. */
function endpointFor(run: CleanupContext, service: string, as: Identity | 'nobody'): string | undefined {
  const own = as === 'nobody' ? undefined : run.sessions.get(as)?.endpoint(service);
  return own ?? run.target.services[service]?.endpoint;
}

/** @throws NotBound when the endpoint names no version. */
function otherVersion(endpoint: string, version: NonNullable<ServiceRequest['version']>): string {
  const { root, version: own, rest } = splitEndpoint(endpoint);
  if (own === undefined) throw new NotBound(`The endpoint ${endpoint} names no version.`);
  if (version === 'own') return `${root}/${own}`;
  return version === 'root' ? root : `${root}/${version}${rest}`;
}

async function headersFor(
  run: CleanupContext,
  wanted: ServiceRequest,
  as: Identity | 'nobody',
  hasBody: boolean,
): Promise<Headers> {
  const { service, microversion } = wanted;
  const headers = new Map<string, string>([['accept', 'application/json']]);
  if (hasBody) headers.set('content-type', 'application/json');
  if (microversion !== undefined) {
    const versionHeader = versionHeaderOf(run.versionHeaders, service);
    headers.set(versionHeader.header.toLowerCase(), versionValue(versionHeader, microversion));
  }
  for (const [name, value] of as === 'nobody' ? [] : await credentialsOf(run, as)) headers.set(name, value);
  const marks = isJudged(wanted.purpose) ? run.judgedHeaders : undefined;
  for (const [name, value] of Object.entries({ ...marks, ...wanted.headers })) headers.set(name, value);
  for (const name of wanted.without ?? []) headers.delete(name);
  return [...headers];
}

function isJudged(purpose: Purpose): boolean {
  return purpose === 'act' || purpose === 'observation';
}

async function credentialsOf(run: CleanupContext, as: Identity): Promise<readonly (readonly [string, string])[]> {
  const session = run.sessions.get(as);
  if (!session) throw new HarnessError(`No identity ${as} is signed in`);
  return session.headers();
}
