/** Clauses on refused microversions: malformed ones, and those out of range. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectResponse, expectStatus } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { formatMicroversion, nextMicroversion, previousMicroversion } from '../../../src/microversion.ts';
import { answering, faultBodies } from '../rules/sections.ts';
import { expectFaultReply, expectNoVersionHeaders, expectVary, expectVersionHeaders } from '../rules/response-marks.ts';
import { ask, modern, newestOf, older, type VersionHeaders } from './version-headers.ts';

/** Requests for a refused microversion in the current or the older header. */
interface Refusal {
  readonly name: string;
  readonly statement: WrittenClause['statement'];
  readonly quotes: WrittenClause['quotes'];
  readonly killedBy: string;
  readonly headers: (ctx: CheckContext) => readonly (readonly [asked: string, headers: VersionHeaders])[];
  readonly judge: (reply: Exchange, asked: string) => readonly Finding[];
}

const noVersions = ['2', '2.01', '2.1.1', 'a.b', '-2.1', 'two'] as const;

const refusals: readonly Refusal[] = [
  {
    name: 'malformed-microversion',
    statement: 'A malformed microversion MUST be answered with 400 and a badRequest fault.',
    quotes: [answering('A malformed microversion is answered with 400 and none of these headers.')],
    killedBy: 'compute:malformed-version-is-accepted',
    headers: () => noVersions.map((text) => [text, modern(`compute ${text}`)]),
    judge: (reply) => expectFaultReply(reply, 400, 'badRequest'),
  },
  {
    name: 'malformed-microversion-in-the-older-header',
    statement: 'A malformed microversion in the older header MUST be answered with 400 and a badRequest fault.',
    quotes: [answering('A malformed microversion is answered with 400 and none of these headers.')],
    killedBy: 'compute:malformed-version-is-accepted-in-the-older-header',
    headers: () => [...noVersions, 'compute 2.1'].map((text) => [text, older(text)]),
    judge: (reply) => expectFaultReply(reply, 400, 'badRequest'),
  },
  {
    name: 'malformed-microversion-is-not-repeated',
    statement: 'The reply to a malformed microversion MUST NOT have version headers, nor name them in Vary.',
    quotes: [answering('A malformed microversion is answered with 400 and none of these headers.')],
    killedBy: 'compute:malformed-version-is-repeated',
    headers: () =>
      noVersions.flatMap((text) => [[text, modern(`compute ${text}`)] as const, [text, older(text)] as const]),
    judge: (reply) => expectResponse(reply, 400, expectNoVersionHeaders),
  },
  {
    name: 'microversion-out-of-range',
    statement: 'A microversion outside the supported range MUST be answered with 406.',
    quotes: [answering('A microversion outside the supported range is answered with 406.')],
    killedBy: 'compute:version-out-of-range-is-served',
    headers: (ctx) => outside(ctx).map((text) => [text, modern(`compute ${text}`)]),
    judge: (reply) => expectStatus(reply, 406),
  },
  {
    name: 'microversion-out-of-range-in-the-older-header',
    statement: 'A microversion outside the supported range MUST be answered with 406 in the older header too.',
    quotes: [answering('A microversion outside the supported range is answered with 406.')],
    killedBy: 'compute:version-out-of-range-is-served-by-the-older-header',
    headers: (ctx) => outside(ctx).map((text) => [text, older(text)]),
    judge: (reply) => expectStatus(reply, 406),
  },
  {
    name: 'refused-microversion-is-repeated',
    statement: 'The reply with 406 MUST repeat the refused microversion in both headers and name both in Vary.',
    quotes: [answering('The reply with 406 repeats the refused microversion in both headers.')],
    killedBy: 'compute:refused-version-is-not-repeated',
    headers: (ctx) =>
      outside(ctx).flatMap((text) => [[text, modern(`compute ${text}`)] as const, [text, older(text)] as const]),
    judge: (reply, asked) =>
      expectResponse(reply, 406, (refusal) => [...expectVersionHeaders(refusal, asked), ...expectVary(refusal)]),
  },
  {
    name: 'refused-microversion-is-a-fault',
    statement: 'The reply with 406 MUST be a fault with the key computeFault.',
    quotes: [faultBodies('The key is ``badMediaType`` for 415 and ``computeFault`` for 406 and 500.')],
    killedBy: 'compute:not-acceptable-has-no-fault-body',
    headers: (ctx) => outside(ctx).map((text) => [text, modern(`compute ${text}`)]),
    judge: (reply) => expectFaultReply(reply, 406, 'computeFault'),
  },
];

function refused({ name, statement, quotes, killedBy, headers, judge }: Refusal): WrittenClause {
  const check = async (ctx: CheckContext): Promise<readonly Finding[]> => {
    const findings: Finding[] = [];
    for (const [asked, each] of headers(ctx)) findings.push(...judge(await ask(ctx, each), asked));
    return findings;
  };
  return {
    id: `compute/list-volume-attachments#${name}`,
    statement,
    quotes,
    cases: 'once',
    killedBy: [killedBy],
    check,
  };
}

export const refusedMicroversionClauses: readonly WrittenClause[] = refusals.map(refused);

/** Microversions before the oldest, after the newest, and with other major numbers. */
function outside({ service }: CheckContext): readonly string[] {
  const { first } = service.range;
  const before = previousMicroversion(first);
  const after = nextMicroversion(newestOf({ service }));
  return [...(before ? [formatMicroversion(before)] : []), '1.1', formatMicroversion(after), '2.9999', '3.0'];
}
