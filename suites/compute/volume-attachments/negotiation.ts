/**
 * How a client asks for a microversion, and how the service says which one it applied.
 *
 * Asked of the list of attachments, whose items tell by their members at which microversion they were made.
 */
import type { ClauseId } from '../../../src/conformance/clause.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { HarnessError } from '../../../src/conformance/errors.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import type { NonEmpty } from '../../../src/json.ts';
import { formatMicroversion, nextMicroversion, previousMicroversion } from '../../../src/microversion.ts';
import { given } from '../given.ts';
import { list } from './operations.ts';
import { answering, asking, faultBodies } from './quotes.ts';
import {
  expectFaultReply,
  expectNoVersionHeaders,
  expectServed,
  expectVary,
  expectVersionHeaders,
} from './reply-marks.ts';
import { expectStatus } from '../../../src/conformance/matchers.ts';

type Headers = Readonly<Record<string, string>>;

const modern = (value: string): Headers => ({ 'openstack-api-version': value });
const older = (value: string): Headers => ({ 'x-openstack-nova-api-version': value });

const oldest = '2.1';

/** A way to ask, and at which microversion it is answered. */
interface Asking {
  readonly name: string;
  readonly statement: WrittenClause['statement'];
  readonly quotes: WrittenClause['quotes'];
  readonly refutedBy: string;
  /** Each is sent; `version` is the newest that the target has. */
  readonly headers: (version: string) => NonEmpty<Headers>;
  readonly servedAs: (version: string) => string;
}

const asIs = (version: string): string => version;
const asOldest = (): string => oldest;

const askings: readonly Asking[] = [
  {
    name: 'latest-is-the-newest',
    statement: 'A request for latest MUST be answered with the newest microversion, by its number.',
    quotes: [
      asking('The word ``latest`` in place of a number asks for the newest microversion of the service.'),
      answering('A request for ``latest`` is answered with the number.'),
    ],
    refutedBy: 'compute:latest-is-not-understood',
    headers: () => [modern('compute latest')],
    servedAs: asIs,
  },
  {
    name: 'latest-in-the-older-header',
    statement: 'A request for latest in the older header MUST be answered with the newest microversion, by its number.',
    quotes: [
      asking('The word ``latest`` may stand there too.'),
      answering('A request for ``latest`` is answered with the number.'),
    ],
    refutedBy: 'compute:latest-is-not-understood-in-the-older-header',
    headers: () => [older('latest')],
    servedAs: asIs,
  },
  {
    name: 'microversion-among-those-of-other-services',
    statement: 'A microversion for compute MUST be applied wherever it stands among those of other services.',
    quotes: [
      asking('A client names the microversion that it wants in the request header ``OpenStack-API-Version``.'),
      asking('Its value is the word ``compute``, a blank and the version, such as ``compute 2.79``.'),
      asking('The header may list several services, separated by commas.'),
    ],
    refutedBy: 'compute:version-header-is-no-list',
    headers: (version) => [
      modern(`compute ${version}`),
      modern(`volume 3.44, compute ${version}`),
      modern(`compute ${version}, volume 3.44`),
      modern(`volume 3.44,compute ${version},identity 3.14`),
    ],
    servedAs: asIs,
  },
  {
    name: 'last-entry-for-compute-decides',
    statement: 'The last entry for compute in the header MUST be the one that is applied.',
    quotes: [asking('The last entry for ``compute`` in the list decides.')],
    refutedBy: 'compute:first-version-entry-decides',
    headers: (version) => [
      modern(`compute ${oldest}, compute ${version}`),
      modern(`compute ${oldest}, compute ${version}, volume 3.44`),
    ],
    servedAs: asIs,
  },
  {
    name: 'service-word-in-any-case',
    statement: 'The word compute in the header MUST be recognised in upper and lower case.',
    quotes: [asking('The word ``compute`` is recognised in upper and lower case.')],
    refutedBy: 'compute:version-header-heeds-case',
    headers: (version) => [modern(`COMPUTE ${version}`), modern(`Compute ${version}`)],
    servedAs: asIs,
  },
  {
    name: 'other-services-only-is-the-oldest',
    statement: 'A request whose header speaks of other services only MUST be answered at microversion 2.1.',
    quotes: [asking('So is a request whose headers speak of other services only.')],
    refutedBy: 'compute:version-of-any-service-is-taken',
    headers: (version) => [modern('volume 3.44'), modern(`volume ${version}`), modern('identity latest')],
    servedAs: asOldest,
  },
  {
    name: 'no-header-is-the-oldest',
    statement: 'A request without a header for the microversion MUST be answered at microversion 2.1.',
    quotes: [asking('A request without either header is served as microversion 2.1.')],
    refutedBy: 'compute:no-version-means-the-newest',
    headers: () => [{}],
    servedAs: asOldest,
  },
  {
    name: 'entry-of-one-word-says-nothing',
    statement: 'A header that names no service, or no version, SHOULD be passed over.',
    quotes: [asking('An entry that is not a word and a version says nothing.')],
    refutedBy: 'compute:version-without-service-is-taken',
    headers: (version) => [modern('compute'), modern(version)],
    servedAs: asOldest,
  },
  {
    name: 'older-header-alone',
    statement: 'The older header alone MUST be obeyed.',
    quotes: [asking('The older header ``X-OpenStack-Nova-API-Version`` carries the version alone, such as ``2.79``.')],
    refutedBy: 'compute:older-version-header-is-ignored',
    headers: (version) => [older(version)],
    servedAs: asIs,
  },
  {
    name: 'newer-header-wins',
    statement: 'The older header MUST be passed over where OpenStack-API-Version names a microversion for compute.',
    quotes: [asking('It is used only when ``OpenStack-API-Version`` says nothing about ``compute``.')],
    refutedBy: 'compute:older-version-header-wins',
    headers: (version) => [
      { ...modern(`compute ${version}`), ...older(oldest) },
      { ...modern(`compute ${version}`), ...older('osc') },
    ],
    servedAs: asIs,
  },
  {
    name: 'older-header-beside-other-services',
    statement: 'The older header MUST be obeyed where OpenStack-API-Version speaks of other services only.',
    quotes: [asking('It is used only when ``OpenStack-API-Version`` says nothing about ``compute``.')],
    refutedBy: 'compute:older-version-header-is-ignored-beside-the-newer',
    headers: (version) => [{ ...modern('volume 3.44'), ...older(version) }],
    servedAs: asIs,
  },
];

function served({ name, statement, quotes, refutedBy, headers, servedAs }: Asking): WrittenClause {
  return {
    id: `compute/list-volume-attachments#${name}`,
    statement,
    quotes,
    cases: 'once',
    refutedBy: [refutedBy],
    check: async (stage) => {
      const newest = formatMicroversion(newestOf(stage));
      const findings: Finding[] = [];
      for (const each of headers(newest)) {
        findings.push(...expectServed(stage, await ask(stage, each), servedAs(newest)));
      }
      return findings;
    },
  };
}

/** A microversion that cannot be had, by one header and by the other. */
interface Refusal {
  readonly name: string;
  readonly statement: WrittenClause['statement'];
  readonly quotes: WrittenClause['quotes'];
  readonly refutedBy: string;
  readonly headers: (stage: Stage) => readonly (readonly [asked: string, headers: Headers])[];
  readonly judge: (reply: Exchange, asked: string) => readonly Finding[];
}

const noVersions = ['2', '2.01', '2.1.1', 'a.b', '-2.1', 'two'] as const;

const refusals: readonly Refusal[] = [
  {
    name: 'malformed-microversion',
    statement: 'A malformed microversion MUST be answered with 400 and a badRequest fault.',
    quotes: [answering('A malformed microversion is answered with 400 and none of these headers.')],
    refutedBy: 'compute:malformed-version-is-accepted',
    headers: () => noVersions.map((text) => [text, modern(`compute ${text}`)]),
    judge: (reply) => expectFaultReply(reply, 400, 'badRequest'),
  },
  {
    name: 'malformed-microversion-in-the-older-header',
    statement: 'A malformed microversion in the older header MUST be answered with 400 and a badRequest fault.',
    quotes: [answering('A malformed microversion is answered with 400 and none of these headers.')],
    refutedBy: 'compute:malformed-version-is-accepted-in-the-older-header',
    headers: () => [...noVersions, 'compute 2.1'].map((text) => [text, older(text)]),
    judge: (reply) => expectFaultReply(reply, 400, 'badRequest'),
  },
  {
    name: 'malformed-microversion-is-not-repeated',
    statement: 'The reply to a malformed microversion MUST NOT have version headers, nor name them in Vary.',
    quotes: [answering('A malformed microversion is answered with 400 and none of these headers.')],
    refutedBy: 'compute:malformed-version-is-repeated',
    headers: () =>
      noVersions.flatMap((text) => [[text, modern(`compute ${text}`)] as const, [text, older(text)] as const]),
    judge: expectNoVersionHeaders,
  },
  {
    name: 'microversion-out-of-range',
    statement: 'A microversion outside the supported range MUST be answered with 406.',
    quotes: [answering('A microversion outside the supported range is answered with 406.')],
    refutedBy: 'compute:version-out-of-range-is-served',
    headers: (stage) => outside(stage).map((text) => [text, modern(`compute ${text}`)]),
    judge: (reply) => expectStatus(reply, 406),
  },
  {
    name: 'microversion-out-of-range-in-the-older-header',
    statement: 'A microversion outside the supported range MUST be answered with 406 in the older header too.',
    quotes: [answering('A microversion outside the supported range is answered with 406.')],
    refutedBy: 'compute:version-out-of-range-is-served-by-the-older-header',
    headers: (stage) => outside(stage).map((text) => [text, older(text)]),
    judge: (reply) => expectStatus(reply, 406),
  },
  {
    name: 'refused-microversion-is-repeated',
    statement: 'The reply with 406 MUST repeat the refused microversion in both headers and name both in Vary.',
    quotes: [answering('The reply with 406 repeats the refused microversion in both headers.')],
    refutedBy: 'compute:refused-version-is-not-repeated',
    headers: (stage) =>
      outside(stage).flatMap((text) => [[text, modern(`compute ${text}`)] as const, [text, older(text)] as const]),
    judge: (reply, asked) => [...expectVersionHeaders(reply, asked), ...expectVary(reply)],
  },
  {
    name: 'refused-microversion-is-a-fault',
    statement: 'The reply with 406 MUST be a fault with the key computeFault.',
    quotes: [faultBodies('The key is ``badMediaType`` for 415 and ``computeFault`` for 406 and 500.')],
    refutedBy: 'compute:not-acceptable-has-no-fault-body',
    headers: (stage) => outside(stage).map((text) => [text, modern(`compute ${text}`)]),
    judge: (reply) => expectFaultReply(reply, 406, 'computeFault'),
  },
];

function refused({ name, statement, quotes, refutedBy, headers, judge }: Refusal): WrittenClause {
  const id: ClauseId = `compute/list-volume-attachments#${name}`;
  const check = async (stage: Stage): Promise<readonly Finding[]> => {
    const findings: Finding[] = [];
    for (const [asked, each] of headers(stage)) findings.push(...judge(await ask(stage, each), asked));
    return findings;
  };
  return { id, statement, quotes, cases: 'once', refutedBy: [refutedBy], check };
}

export const negotiationClauses: readonly WrittenClause[] = [...askings.map(served), ...refusals.map(refused)];

async function ask(stage: Stage, headers: Headers): Promise<Exchange> {
  const [{ server }] = await given(stage).quiet();
  return list(stage, server, { microversion: 'none', headers });
}

/** Before the oldest, after the newest, and of other major numbers. */
function outside({ world }: Stage): readonly string[] {
  const { first } = world.target.range;
  const before = previousMicroversion(first);
  const after = nextMicroversion(newestOf({ world }));
  return [...(before ? [formatMicroversion(before)] : []), '1.1', formatMicroversion(after), '2.9999', '3.0'];
}

function newestOf({ world }: Pick<Stage, 'world'>): { readonly major: number; readonly minor: number } {
  const { last } = world.target.range;
  if (!last) throw new HarnessError('The target has no newest microversion');
  return last;
}
