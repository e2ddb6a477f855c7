/**
 * An identity that is signed in: its token, its project, and where its catalogue says the services are.
 */
import { clientBudgets } from '../client/budgets.ts';
import type { Exchange } from '../client/exchange.ts';
import type { Clock, Recorder } from '../client/recorder.ts';
import type { Json } from '../json.ts';
import { basicCredentials, type Auth, type Credentials } from './credentials.ts';
import { authRequestBody } from './keystone-request.ts';
import { readTokenBody, type TokenFacts } from './keystone-token.ts';

export interface Session {
  readonly identity: string;
  /** What authenticates a request now; signs in again when the token is about to expire. */
  readonly headers: () => Promise<readonly (readonly [string, string])[]>;
  /** Without a trailing slash; undefined when the catalogue has none. */
  readonly endpoint: (serviceType: string) => string | undefined;
  readonly projectId: string | undefined;
  readonly userId: string | undefined;
  readonly roles: readonly string[];
}

/** Sign-in did not work; `exchange` shows why, where one took place. */
export class SignInError extends Error {
  readonly code = 'sign-in';
  readonly exchange: Exchange | undefined;

  constructor(message: string, exchange?: Exchange) {
    super(message);
    this.exchange = exchange;
  }
}

/** Names under which catalogues list a service, the official one first. */
const serviceAliases: Readonly<Record<string, readonly string[]>> = {
  'block-storage': ['block-storage', 'volumev3', 'block-store', 'volume'],
  compute: ['compute'],
  identity: ['identity'],
  image: ['image'],
  network: ['network'],
};

/** @throws SignInError */
export async function signIn(
  identity: string,
  credentials: Credentials,
  recorder: Recorder,
  clock: Clock,
): Promise<Session> {
  const { auth } = credentials;
  if (auth.type === 'none' || auth.type === 'http_basic') return withoutKeystone(identity, auth, credentials);
  const request = authRequestBody(auth);
  let current = await authenticate(identity, auth.authUrl, request, recorder);
  let renewal: Promise<Held> | undefined;
  const fresh = async (): Promise<Held> => {
    if (current.facts.expiresAt - clock.now() > clientBudgets.tokenReserveMs) return current;
    renewal ??= authenticate(identity, auth.authUrl, request, recorder);
    try {
      current = await renewal;
    } finally {
      renewal = undefined;
    }
    return current;
  };
  return {
    identity,
    headers: async () => [['x-auth-token', (await fresh()).token]],
    endpoint: (type) => endpointOf(type, credentials, current.facts),
    projectId: current.facts.projectId,
    userId: current.facts.userId,
    roles: current.facts.roles,
  };
}

interface Held {
  readonly token: string;
  readonly facts: TokenFacts;
}

async function authenticate(identity: string, authUrl: string, request: Json, recorder: Recorder): Promise<Held> {
  const url = `${versioned(authUrl)}/auth/tokens`;
  const headers = [
    ['accept', 'application/json'],
    ['content-type', 'application/json'],
  ] as const;
  const { exchange, outcome } = await recorder.send({
    purpose: 'sign-in',
    identity,
    request: { method: 'POST', url, headers, body: JSON.stringify(request) },
  });
  const { response } = outcome;
  if (!response) throw new SignInError(`${url} did not answer: ${outcome.failure.message}.`, exchange);
  const token = response.headers.find(([name]) => name === 'x-subject-token')?.[1];
  if (response.status !== 201 || !token) {
    throw new SignInError(`${url} answered ${response.status} to the sign-in of ${identity}.`, exchange);
  }
  recorder.redactor.learn(token);
  const facts = readTokenBody(response.body);
  if (!facts)
    throw new SignInError(`${url} answered the sign-in of ${identity} with a body that is no token.`, exchange);
  return { token, facts };
}

/** Clients accept an identity URL with and without its version. */
function versioned(authUrl: string): string {
  const url = authUrl.replace(/\/+$/, '');
  return /\/v\d+(\.\d+)?$/.test(url) ? url : `${url}/v3`;
}

function endpointOf(type: string, credentials: Credentials, facts: TokenFacts): string | undefined {
  const override = overrideOf(type, credentials);
  if (override !== undefined) return override.replace(/\/+$/, '');
  const services = namesOf(type).flatMap((name) => facts.catalog.filter((service) => service.type === name));
  return services
    .flatMap((service) => service.endpoints)
    .find(
      (endpoint) =>
        endpoint.interface === credentials.interface &&
        (credentials.region === undefined || endpoint.region === credentials.region),
    )
    ?.url.replace(/\/+$/, '');
}

function overrideOf(type: string, { endpointOverrides }: Credentials): string | undefined {
  return namesOf(type)
    .map((name) => endpointOverrides[name])
    .find((url) => url !== undefined);
}

function namesOf(type: string): readonly string[] {
  return serviceAliases[type] ?? [type];
}

function withoutKeystone(
  identity: string,
  auth: Extract<Auth, { type: 'none' | 'http_basic' }>,
  credentials: Credentials,
): Session {
  const headers = auth.type === 'http_basic' ? [['authorization', `Basic ${basicCredentials(auth)}`] as const] : [];
  return {
    identity,
    headers: async () => headers,
    endpoint: (type) => (overrideOf(type, credentials) ?? auth.endpoint).replace(/\/+$/, ''),
    projectId: undefined,
    userId: undefined,
    roles: [],
  };
}
