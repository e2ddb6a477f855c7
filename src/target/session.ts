/**
 * A session of an identity: its token, its project, and the endpoints of its catalogue.
 */
import { clientTimeouts } from '../client/timeouts.ts';
import { headerValue, type Exchange, type Headers } from '../client/exchange.ts';
import type { Clock, Recorder } from '../client/recorder.ts';
import { sendPatiently } from '../client/send-patiently.ts';
import type { Json } from '../json.ts';
import { basicCredentials, type Auth, type Credentials } from './credentials.ts';
import { catalogEndpoint, overriddenEndpoint, describeMissing, type MissingEndpoint } from './catalog-endpoint.ts';
import { authRequestBody } from './keystone-request.ts';
import { readTokenBody, type TokenFacts } from './keystone-token.ts';
import { attemptOf, refused, unreachable, type Attempt } from './sign-in-error.ts';
import { keystoneRoot } from './version-root.ts';

export interface Session {
  readonly identity: string;
  /** Headers that authenticate a request; renews a token that is about to expire. @throws TokenEnded, SignInError */
  readonly headers: () => Promise<Headers>;
  /** Without a trailing slash; undefined when the catalogue has no such endpoint. @throws SignInError */
  readonly endpoint: (serviceType: string) => string | undefined;
  /** Why a service has no endpoint, with the existing ones, and what to do. */
  readonly describeMissing: (serviceType: string) => MissingEndpoint;
  /** Validates a token at Keystone, authenticated by itself; undefined without Keystone or a conclusive response. */
  readonly isGood: (
    sent: Headers,
    recorder: Recorder,
  ) => Promise<{ readonly good: boolean; readonly exchange: Exchange } | undefined>;
  /** Whether a new token can be requested. */
  readonly renewable: boolean;
  /** Discards the token in these headers: the next call of `headers` gets a new one, or throws TokenEnded. */
  readonly discard: (sent: Headers) => void;
  readonly projectId: string | undefined;
  readonly projectName: string | undefined;
  readonly userId: string | undefined;
  readonly userName: string | undefined;
  /** The domain of the user, if Keystone shows it. */
  readonly domainId?: string | undefined;
  readonly roles: readonly string[];
}

/** A token that the operator supplied is no longer valid, and cannot be renewed. */
export class TokenEnded extends Error {
  readonly code = 'token-ended';
}

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
  const attempt = attemptOf(identity, auth, credentials, `${keystoneRoot(auth.authUrl)}/auth/tokens`);
  const enter = (): Promise<Held> => authenticate(attempt, request, recorder, clock);
  let current = await enter();
  let renewal: Promise<Held> | undefined;
  const fresh = async (): Promise<Held> => {
    if (auth.type === 'token') {
      if (!current.discarded && clock.now() < current.endsAt) return current;
      throw tokenEnded(identity, credentials);
    }
    if (!current.discarded && clock.now() < current.renewAt) return current;
    renewal ??= enter();
    try {
      current = await renewal;
    } finally {
      renewal = undefined;
    }
    return current;
  };
  const { facts } = current;
  return {
    identity,
    headers: async () => [[tokenHeader, (await fresh()).token]],
    // The URL of the sign-in: the one in the catalogue may be reachable only inside of the cloud.
    endpoint: (type) =>
      type === 'identity'
        ? keystoneRoot(overriddenEndpoint(type, credentials, current.facts) ?? auth.authUrl)
        : catalogEndpoint(type, credentials, current.facts),
    describeMissing: (type) => describeMissing(type, credentials, current.facts),
    isGood: (sent, by) => validate(identity, auth.authUrl, headerValue(sent, tokenHeader) ?? '', by),
    discard: (sent) => {
      if (headerValue(sent, tokenHeader) === current.token) current = { ...current, discarded: true };
    },
    renewable: auth.type !== 'token',
    projectId: facts.projectId,
    projectName: facts.projectName,
    userId: facts.userId,
    userName: facts.userName,
    domainId: facts.domainId,
    roles: facts.roles,
  };
}

export const tokenHeader = 'x-auth-token';

function tokenEnded(identity: string, { from }: Credentials): TokenEnded {
  return new TokenEnded(
    `The token of ${identity} (${from}) is no longer valid and cannot be renewed. Supply a new one, or a password or application credential instead.`,
  );
}

/** 200: valid; 401 or 404: not valid. Other statuses are inconclusive. */
async function validate(
  identity: string,
  authUrl: string,
  token: string,
  recorder: Recorder,
): ReturnType<Session['isGood']> {
  const url = `${keystoneRoot(authUrl)}/auth/tokens`;
  const headers = [
    ['accept', 'application/json'],
    [tokenHeader, token],
    ['x-subject-token', token],
  ] as const;
  const requestFacts = { purpose: 'sign-in', identity, request: { method: 'GET', url, headers } } as const;
  const { exchange } = await sendPatiently(recorder, () => requestFacts);
  const status = exchange.response?.status;
  if (status === 200) return { good: true, exchange };
  return status === 401 || status === 404 ? { good: false, exchange } : undefined;
}

interface Held {
  readonly token: string;
  readonly facts: TokenFacts;
  /** By the local clock, which may differ from that of Keystone. */
  readonly endsAt: number;
  readonly renewAt: number;
  readonly discarded: boolean;
}

/** @throws SignInError */
async function authenticate(attempt: Attempt, request: Json, recorder: Recorder, clock: Clock): Promise<Held> {
  const { identity, url } = attempt;
  const headers = [
    ['accept', 'application/json'],
    ['content-type', 'application/json'],
  ] as const;
  const { exchange, outcome } = await sendPatiently(recorder, () => ({
    purpose: 'sign-in',
    identity,
    request: { method: 'POST', url, headers, body: JSON.stringify(request) },
  }));
  const { response } = outcome;
  if (!response) throw unreachable(attempt, exchange);
  const token = headerValue(response.headers, 'x-subject-token');
  if (response.status === 201 && token) recorder.redactor.learn(token);
  const facts = response.status === 201 && token ? readTokenBody(response.body) : undefined;
  if (!token || !facts) throw refused(attempt, response, exchange);
  return { token, facts, ...timesOf(facts, clock.now()), discarded: false };
}

/** A token is used for at least three quarters of its lifetime, so short-lived ones have a shorter reserve. */
function timesOf({ issuedAt, expiresAt }: TokenFacts, now: number): Pick<Held, 'endsAt' | 'renewAt'> {
  const life = Math.max(0, expiresAt - (issuedAt ?? now));
  const endsAt = now + life;
  return { endsAt, renewAt: endsAt - Math.min(clientTimeouts.tokenReserveMs, life / 4) };
}

/** Without Keystone, project and user are unknown. */
const nobody = { projectId: undefined, userId: undefined };

function withoutKeystone(
  identity: string,
  auth: Extract<Auth, { type: 'none' | 'http_basic' }>,
  credentials: Credentials,
): Session {
  const headers = auth.type === 'http_basic' ? [['authorization', `Basic ${basicCredentials(auth)}`] as const] : [];
  return {
    identity,
    headers: async () => headers,
    endpoint: (type) => overriddenEndpoint(type, credentials, nobody) ?? auth.endpoint.replace(/\/+$/, ''),
    describeMissing: (type) => describeMissing(type, credentials, { catalog: [] }),
    isGood: async () => undefined,
    renewable: false,
    discard: () => undefined,
    projectId: undefined,
    projectName: undefined,
    userId: undefined,
    userName: undefined,
    roles: [],
  };
}
