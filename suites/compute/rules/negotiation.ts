/** How a client requests a microversion, and how the service names the one that it applied. */
import type { DeclaredOperation } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import type { NonEmpty } from '../../../src/json.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { ask, isList, modern, newestOf, older, type VersionHeaders } from './asked-versions.ts';
import { expectServed } from './response-marks.ts';
import { answering, asking } from './sections.ts';

const oldest = '2.1';

/** A way to request a microversion, and the microversion that the service must apply. */
interface VersionRequest {
  readonly name: string;
  readonly statement: WrittenClause['statement'];
  readonly quotes: WrittenClause['quotes'];
  readonly killedBy: string;
  /** Headers, each sent in a request of its own; `version` is the newest microversion of the target. */
  readonly headers: (version: string) => NonEmpty<VersionHeaders>;
  readonly servedAs: (version: string) => string;
}

const asIs = (version: string): string => version;
const asOldest = (): string => oldest;

const versionRequests: readonly VersionRequest[] = [
  {
    name: 'latest-is-the-newest',
    statement: 'A request for latest MUST be answered with the newest microversion, by its number.',
    quotes: [
      asking('The word ``latest`` in place of a number asks for the newest microversion of the service.'),
      answering('A request for ``latest`` is answered with the number.'),
    ],
    killedBy: 'compute:latest-is-not-understood',
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
    killedBy: 'compute:latest-is-not-understood-in-the-older-header',
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
    killedBy: 'compute:version-header-is-no-list',
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
    killedBy: 'compute:first-version-entry-decides',
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
    killedBy: 'compute:version-header-heeds-case',
    headers: (version) => [modern(`COMPUTE ${version}`), modern(`Compute ${version}`)],
    servedAs: asIs,
  },
  {
    name: 'other-services-only-is-the-oldest',
    statement: 'A request whose header speaks of other services only MUST be answered at microversion 2.1.',
    quotes: [asking('So is a request whose headers speak of other services only.')],
    killedBy: 'compute:version-of-any-service-is-taken',
    headers: (version) => [modern('volume 3.44'), modern(`volume ${version}`), modern('identity latest')],
    servedAs: asOldest,
  },
  {
    name: 'no-header-is-the-oldest',
    statement: 'A request without a header for the microversion MUST be answered at microversion 2.1.',
    quotes: [asking('A request without either header is served as microversion 2.1.')],
    killedBy: 'compute:no-version-means-the-newest',
    headers: () => [{}],
    servedAs: asOldest,
  },
  {
    name: 'entry-of-one-word-says-nothing',
    statement: 'A header that names no service, or no version, SHOULD be passed over.',
    quotes: [asking('An entry that is not a word and a version says nothing.')],
    killedBy: 'compute:version-without-service-is-taken',
    headers: (version) => [modern('compute'), modern(version)],
    servedAs: asOldest,
  },
  {
    name: 'older-header-alone',
    statement: 'The older header alone MUST be obeyed.',
    quotes: [asking('The older header ``X-OpenStack-Nova-API-Version`` carries the version alone, such as ``2.79``.')],
    killedBy: 'compute:older-version-header-is-ignored',
    headers: (version) => [older(version)],
    servedAs: asIs,
  },
  {
    name: 'newer-header-wins',
    statement: 'The older header MUST be passed over where OpenStack-API-Version names a microversion for compute.',
    quotes: [asking('It is used only when ``OpenStack-API-Version`` says nothing about ``compute``.')],
    killedBy: 'compute:older-version-header-wins',
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
    killedBy: 'compute:older-version-header-is-ignored-beside-the-newer',
    headers: (version) => [{ ...modern('volume 3.44'), ...older(version) }],
    servedAs: asIs,
  },
];

export function negotiation(operation: DeclaredOperation): readonly WrittenClause[] {
  return isList(operation) ? versionRequests.map((request) => served(operation, request)) : [];
}

function served(
  operation: DeclaredOperation,
  { name, statement, quotes, killedBy, headers, servedAs }: VersionRequest,
): WrittenClause {
  return {
    id: `${operation.id}#${name}`,
    statement,
    quotes,
    cases: 'once',
    killedBy: [killedBy],
    check: async (ctx) => {
      const newest = formatMicroversion(newestOf(ctx));
      const findings: Finding[] = [];
      for (const each of headers(newest)) {
        findings.push(...expectServed(ctx, await ask(ctx, operation, each), servedAs(newest)));
      }
      return findings;
    },
  };
}
