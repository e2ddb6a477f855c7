/**
 * An identity that is signed in: its token, its project, and where its catalogue says the services are.
 */
import { clientBudgets } from '../client/budgets.ts';
import { headerValue, type Exchange, type Headers } from '../client/exchange.ts';
import type { Clock, Recorder } from '../client/recorder.ts';
import { sendPatiently } from '../client/send-patiently.ts';
import type { Json } from '../json.ts';
import { basicCredentials, type Auth, type Credentials } from './credentials.ts';
import { catalogEndpoint, overriddenEndpoint, wordMissing } from './catalog-endpoint.ts';
import { authRequestBody } from './keystone-request.ts';
import { readTokenBody, type TokenFacts } from './keystone-token.ts';
import { attemptOf, refused, unreachable, type Attempt } from './sign-in-error.ts';
import { keystoneRoot } from './version-root.ts';

export interface Session {
  readonly identity: string;
  /** What authenticates a request now; signs in again when the token is about to expire. @throws TokenEnded, SignInError */
  readonly headers: () => Promise<Headers>;
  /** Without a trailing slash; undefined when the catalogue has none. @throws SignInError */
  readonly endpoint: (serviceType: string) => string | undefined;
  /** Why a service has no endpoint, as sentences that name what there is. */
  readonly wordMissing: (serviceType: string) => string;
  /** Asks Keystone about a token with itself; undefined where there is no Keystone, or no answer that tells. */
  readonly isGood: (
    sent: Headers,
    recorder: Recorder,
  ) => Promise<{ readonly good: boolean; readonly exchange: Exchange } | undefined>;
  /** Whether a new token can be had. */
  readonly renewable: boolean;
  /** Never to send these again: the next who asks gets a new token, or TokenEnded where there is none to be had. */
  readonly discard: (sent: Headers) => void;
  readonly projectId: string | undefined;
  readonly projectName: string | undefined;
  readonly userId: string | undefined;
  readonly userName: string | undefined;
  /** The user's, where Keystone tells. */
  readonly domainId?: string | undefined;
  readonly roles: readonly string[];
}

/** A token that was given is no longer good, and no other can be made of it. */
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
    // Where the sign-in worked: a catalogue may name Keystone as only the cloud itself can reach it.
    endpoint: (type) =>
      type === 'identity'
        ? keystoneRoot(overriddenEndpoint(type, credentials, current.facts) ?? auth.authUrl)
        : catalogEndpoint(type, credentials, current.facts),
    wordMissing: (type) => wordMissing(type, credentials, current.facts),
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
    `The token of ${identity} (${from}) is no longer good and cannot be renewed; give a new one, or a password or application credential instead.`,
  );
}

/** 200: it is good; 401 or 404: it is not. Anything else tells nothing. */
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
  const errand = { purpose: 'sign-in', identity, request: { method: 'GET', url, headers } } as const;
  const { exchange } = await sendPatiently(recorder, () => errand);
  const status = exchange.response?.status;
  if (status === 200) return { good: true, exchange };
  return status === 401 || status === 404 ? { good: false, exchange } : undefined;
}

interface Held {
  readonly token: string;
  readonly facts: TokenFacts;
  /** By our clock, whatever Keystone's shows. */
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

/** A short life has a short reserve; a token is used for three quarters of its life at least. */
function timesOf({ issuedAt, expiresAt }: TokenFacts, now: number): Pick<Held, 'endsAt' | 'renewAt'> {
  const life = Math.max(0, expiresAt - (issuedAt ?? now));
  const endsAt = now + life;
  return { endsAt, renewAt: endsAt - Math.min(clientBudgets.tokenReserveMs, life / 4) };
}

/** No Keystone tells who asks. */
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
    wordMissing: (type) => wordMissing(type, credentials, { catalog: [] }),
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
