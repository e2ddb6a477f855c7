/** Targets that want to be left alone for a while, and tokens that end before their time. */
import { alters, answer, answers, from, withHeaders } from '../conducts.ts';
import type { Asked, Responder, Misbehaviour, Where } from '../misbehaviour.ts';
import { acts, services, signIn } from '../places.ts';

const undecided = { codes: [2], cases: ['inconclusive', 'error', 'not-attempted'] } as const;
/** Nothing that matters is spoilt. */
const held = { codes: [0], cases: ['pass'] } as const;
const unmet = { codes: [3] } as const;

const overLimit = '{"overLimit": {"code": 429, "message": "no"}}';
const storm = (retryAfter?: string): Responder =>
  answers(429, overLimit, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
const others: Where = (request) => services(request) && !acts(request);
const attach = ({ method, path }: Pick<Asked, 'method' | 'path'>): boolean =>
  method === 'POST' && acts({ method, path });

/** Every second time. */
const nowAndThen =
  (respond: Responder): Responder =>
  (asked) =>
    asked.number % 2 === 0 ? respond(asked) : asked.carryOut();

const inASecond: Responder = () =>
  withHeaders(answer(429, overLimit), {
    date: 'Thu, 01 Jan 1970 00:00:00 GMT',
    'retry-after': 'Thu, 01 Jan 1970 00:00:01 GMT',
  });

/** Ends the token of a request that `ends` it; from that request on nobody knows it any more, Keystone included. */
function revokes(ends: (asked: Asked, uses: number) => boolean): Responder {
  const uses = new Map<string, number>();
  const ended = new Set<string>();
  return (asked) => {
    const token = String(asked.headers['x-auth-token'] ?? '');
    if (token === '') return asked.carryOut();
    if (!signIn(asked)) uses.set(token, (uses.get(token) ?? 0) + 1);
    if (!signIn(asked) && ends(asked, uses.get(token) ?? 0)) ended.add(token);
    if (!ended.has(token)) return asked.carryOut();
    const code = signIn(asked) ? 404 : 401;
    return answer(code, `{"error": {"code": ${code}, "message": "no"}}`);
  };
}

/** True once. */
function first(where: Where): (asked: Asked) => boolean {
  let discovered = false;
  return (asked) => {
    if (discovered || !where(asked)) return false;
    discovered = true;
    return true;
  };
}

const knownOrSignIn: Where = (request) => services(request) || signIn(request);

export const requestPolicy: readonly Misbehaviour[] = [
  {
    id: 'too-many-requests',
    does: 'answers 429 to everything once it is known',
    where: services,
    respond: storm(),
    expected: { ...undecided, says: /429/ },
  },
  {
    id: 'too-many-requests-for-years',
    does: 'answers 429 to everything once it is known and asks to come back in years',
    where: services,
    respond: storm('99999999999'),
    expected: { ...undecided, says: /429/ },
  },
  {
    id: 'too-many-requests-at-odd-dates',
    does: 'answers 429 to everything once it is known and asks to come back at no date',
    where: services,
    respond: storm('-1, soon'),
    expected: { ...undecided, says: /429/ },
  },
  {
    id: 'too-many-requests-for-ever',
    does: 'answers 429 to everything once it is known and asks to come back at once',
    where: services,
    respond: storm('0'),
    expected: { ...undecided, says: /429/ },
  },
  {
    id: 'too-many-requests-now-and-then',
    does: 'answers 429 to every second request and asks to come back at once',
    where: others,
    respond: nowAndThen(storm('0')),
    expected: held,
  },
  {
    id: 'too-many-requests-for-a-second',
    does: 'answers 429 to one request and asks to come back at a date, by a clock that is years off',
    where: others,
    respond: async (asked) => (asked.number === 3 ? inASecond(asked) : asked.carryOut()),
    expected: held,
  },
  {
    id: 'too-many-requests-at-acts',
    does: 'answers 429 to acts and asks to come back at once',
    where: attach,
    respond: storm('0'),
    // An act is not sent again, so that this is the answer that counts.
    expected: { codes: [1], cases: ['fail', 'inconclusive'] },
  },
  {
    id: 'too-many-requests-at-sign-in',
    does: 'answers 429 to sign-ins',
    where: signIn,
    respond: storm(),
    expected: { ...unmet, says: /429/ },
  },
  {
    id: 'too-many-requests-at-first-sign-ins',
    does: 'answers 429 to the first two sign-ins and asks to come back at once',
    where: signIn,
    respond: (asked) => (asked.number < 3 ? storm('0')(asked) : asked.carryOut()),
    expected: held,
  },
  {
    id: 'good-token-refused',
    does: 'answers 401 from the middle on, to tokens that Keystone calls good',
    where: services,
    respond: from(15, answers(401, '{"error": {"code": 401, "message": "no"}}')),
    // An act that meets it is a finding; whether one does is a matter of how often was looked before.
    expected: { codes: [1, 2], cases: ['fail', 'inconclusive', 'error', 'pass'] },
  },
  {
    id: 'good-token-refused-at-acts',
    does: 'answers 401 to acts, with tokens that Keystone calls good',
    where: attach,
    respond: answers(401, '{"error": {"code": 401, "message": "no"}}'),
    expected: { codes: [1], cases: ['fail', 'inconclusive'] },
  },
  {
    id: 'token-revoked',
    does: 'revokes a token in the middle of preparation',
    where: knownOrSignIn,
    respond: revokes(first(({ method, path }) => method === 'GET' && /\/servers\/[^/]+$/.test(path))),
    expected: held,
  },
  {
    id: 'token-revoked-at-an-act',
    does: 'revokes the token that an act carries',
    where: knownOrSignIn,
    respond: revokes(first(attach)),
    expected: { codes: [2], says: /no longer valid/, cases: ['inconclusive', 'pass'] },
  },
  {
    id: 'tokens-revoked-again-and-again',
    does: 'revokes every token at its fifth use',
    where: knownOrSignIn,
    respond: revokes((_, uses) => uses === 5),
    // Whether that is at an act is a matter of how often was looked before.
    expected: { codes: [0, 2], cases: ['inconclusive', 'pass'] },
  },
  {
    id: 'tokens-never-good',
    does: 'hands out tokens that nobody knows',
    where: knownOrSignIn,
    respond: revokes(() => true),
    expected: undecided,
  },
  {
    id: 'cookies-for-tokens',
    does: 'sends another token with every reply',
    where: services,
    respond: alters((response) => withHeaders(response, { 'x-subject-token': 'canary-token' })),
    expected: held,
  },
];
