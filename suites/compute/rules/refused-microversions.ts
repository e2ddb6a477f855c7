/** Refused microversions: malformed ones, and those out of range. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectResponse, expectStatus } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { DeclaredOperation } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { formatMicroversion, nextMicroversion, previousMicroversion } from '../../../src/microversion.ts';
import { ask, isList, modern, newestOf, older, sendList, type VersionHeaders } from './asked-versions.ts';
import { expectFaultResponse, expectNoVersionHeaders, expectVary, expectVersionHeaders } from './response-marks.ts';
import { answering, faultBodies } from './sections.ts';

/** Requests for a refused microversion in the current or the older header. */
interface Refusal {
  readonly name: string;
  readonly statement: WrittenClause['statement'];
  readonly quotes: WrittenClause['quotes'];
  readonly killedBy: string;
  readonly headers: (ctx: CheckContext) => readonly (readonly [asked: string, headers: VersionHeaders])[];
  readonly judge: (response: Exchange, asked: string) => readonly Finding[];
}

const noVersions = ['2', '2.01', '2.1.1', 'a.b', '-2.1', 'two'] as const;

const refusals: readonly Refusal[] = [
  {
    name: 'malformed-microversion',
    statement: 'A malformed microversion MUST be answered with 400 and a badRequest fault.',
    quotes: [answering('A malformed microversion is answered with 400 and none of these headers.')],
    killedBy: 'compute:malformed-version-is-accepted',
    headers: () => noVersions.map((text) => [text, modern(`compute ${text}`)]),
    judge: (response) => expectFaultResponse(response, 400, 'badRequest'),
  },
  {
    name: 'malformed-microversion-in-the-older-header',
    statement: 'A malformed microversion in the older header MUST be answered with 400 and a badRequest fault.',
    quotes: [answering('A malformed microversion is answered with 400 and none of these headers.')],
    killedBy: 'compute:malformed-version-is-accepted-in-the-older-header',
    headers: () => [...noVersions, 'compute 2.1'].map((text) => [text, older(text)]),
    judge: (response) => expectFaultResponse(response, 400, 'badRequest'),
  },
  {
    name: 'malformed-microversion-is-not-repeated',
    statement: 'The reply to a malformed microversion MUST NOT have version headers, nor name them in Vary.',
    quotes: [answering('A malformed microversion is answered with 400 and none of these headers.')],
    killedBy: 'compute:malformed-version-is-repeated',
    headers: () =>
      noVersions.flatMap((text) => [[text, modern(`compute ${text}`)] as const, [text, older(text)] as const]),
    judge: (response) => expectResponse(response, 400, expectNoVersionHeaders),
  },
  {
    name: 'microversion-out-of-range',
    statement: 'A microversion outside the supported range MUST be answered with 406.',
    quotes: [answering('A microversion outside the supported range is answered with 406.')],
    killedBy: 'compute:version-out-of-range-is-served',
    headers: (ctx) => outside(ctx).map((text) => [text, modern(`compute ${text}`)]),
    judge: (response) => expectStatus(response, 406),
  },
  {
    name: 'microversion-out-of-range-in-the-older-header',
    statement: 'A microversion outside the supported range MUST be answered with 406 in the older header too.',
    quotes: [answering('A microversion outside the supported range is answered with 406.')],
    killedBy: 'compute:version-out-of-range-is-served-by-the-older-header',
    headers: (ctx) => outside(ctx).map((text) => [text, older(text)]),
    judge: (response) => expectStatus(response, 406),
  },
  {
    name: 'refused-microversion-is-repeated',
    statement: 'The reply with 406 MUST repeat the refused microversion in both headers and name both in Vary.',
    quotes: [answering('The reply with 406 repeats the refused microversion in both headers.')],
    killedBy: 'compute:refused-version-is-not-repeated',
    headers: (ctx) =>
      outside(ctx).flatMap((text) => [[text, modern(`compute ${text}`)] as const, [text, older(text)] as const]),
    judge: (response, asked) =>
      expectResponse(response, 406, (refusal) => [...expectVersionHeaders(refusal, asked), ...expectVary(refusal)]),
  },
  {
    name: 'refused-microversion-is-a-fault',
    statement: 'The reply with 406 MUST be a fault with the key computeFault.',
    quotes: [faultBodies('The key is ``badMediaType`` for 415 and ``computeFault`` for 406 and 500.')],
    killedBy: 'compute:not-acceptable-has-no-fault-body',
    headers: (ctx) => outside(ctx).map((text) => [text, modern(`compute ${text}`)]),
    judge: (response) => expectFaultResponse(response, 406, 'computeFault'),
  },
];

export function refusedMicroversions(operation: DeclaredOperation): readonly WrittenClause[] {
  if (!isList(operation)) return [];
  return [tokenFirst(operation), ...refusals.map((refusal) => refused(operation, refusal))];
}

function tokenFirst(operation: DeclaredOperation): WrittenClause {
  return {
    id: `${operation.id}#token-before-microversion`,
    statement: 'A request without a token for a microversion that cannot be had MUST be answered with 401.',
    quotes: [faultBodies('A token is checked before the microversion is read.')],
    cases: 'once',
    killedBy: [`${operation.id}:check-order:microversion-before-token`],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const text of ['osc', '2.9999', '3.0']) {
        findings.push(...expectStatus(await sendList(ctx, operation, { as: 'nobody', microversion: text }), 401));
      }
      return findings;
    },
  };
}

function refused(
  operation: DeclaredOperation,
  { name, statement, quotes, killedBy, headers, judge }: Refusal,
): WrittenClause {
  const check = async (ctx: CheckContext): Promise<readonly Finding[]> => {
    const findings: Finding[] = [];
    for (const [asked, each] of headers(ctx)) findings.push(...judge(await ask(ctx, operation, each), asked));
    return findings;
  };
  return {
    id: `${operation.id}#${name}`,
    statement,
    quotes,
    cases: 'once',
    killedBy: [killedBy],
    check,
  };
}

/** Microversions before the oldest, after the newest, and with other major numbers. */
function outside({ service }: CheckContext): readonly string[] {
  const { first } = service.range;
  const before = previousMicroversion(first);
  const after = nextMicroversion(newestOf({ service }));
  return [...(before ? [formatMicroversion(before)] : []), '1.1', formatMicroversion(after), '2.9999', '3.0'];
}
