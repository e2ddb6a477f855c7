/**
 * Builds the outline of the reference for the report, with the clauses that decide each of its statements.
 *
 * Clauses that no suite can try are included: a report shows them as not attempted beside what they would decide.
 */
import type { Clause } from '../clauses/clause.ts';
import type { Contracts } from '../contract/contracts.ts';
import type { Contract, Operation } from '../contract/model.ts';
import { formatRange } from '../microversion.ts';
import { groupBy } from '../group-by.ts';
import type {
  DecidedBy,
  Outline,
  OutlineCode,
  OutlineOperation,
  OutlineSample,
  OutlineSection,
} from '../records/outline.ts';
import type { Claim } from './claim.ts';
import { coverageOf, clausesOf, type CoveredClaim } from './coverage.ts';
import { ofKind, outlineSentence, type FindDecidedBy } from './outline-entry.ts';
import { outlineParameters } from './outline-parameters.ts';
import { spanText } from './span-text.ts';
import { isMeant, type Untested } from './untested.ts';

/** Of all services, one after another. `selected`: the ids of the clauses that the run selects. */
export function outlineOf(
  contracts: Contracts,
  clauses: readonly Clause[],
  untested: readonly Untested[],
  selected: ReadonlySet<string>,
): Outline {
  const parts = contracts.map((contract) => partOf(contract, clausesOf(contract, clauses), untested, selected));
  return {
    common: parts.flatMap(({ common }) => common),
    operations: parts.flatMap(({ operations }) => operations),
  };
}

function partOf(
  contract: Contract,
  clauses: readonly Clause[],
  untested: readonly Untested[],
  selected: ReadonlySet<string>,
): Outline {
  const coverage = coverageOf(contract, clauses.map(prepared));
  const findDecidedBy: FindDecidedBy = ({ claim, by }) => decidedBy(claim, by, selected, untested);
  const used = new Set(clauses.filter(({ id }) => selected.has(id)).map(({ operation }) => operation));
  return {
    common: commonSections(contract.service, coverage, findDecidedBy),
    operations: contract.operations
      .filter(({ id }) => used.has(id))
      .map((operation) => outlineOperation(operation, coverage, findDecidedBy)),
  };
}

function prepared(clause: Clause): Clause {
  const { unprepared, ...others } = clause;
  return unprepared === undefined ? clause : others;
}

function decidedBy(
  claim: Claim,
  by: readonly string[],
  selected: ReadonlySet<string>,
  untested: readonly Untested[],
): DecidedBy {
  const mine = by.filter((id) => selected.has(id));
  const why = by.length > 0 ? undefined : untested.find((entry) => isMeant(entry, claim))?.why;
  const others = by.length - mine.length;
  return { by: mine, ...(others > 0 && { unselected: others }), ...(why !== undefined && { untested: why }) };
}

/** Sentences that belong to no single operation; those of parameters are listed with their parameters. */
function commonSections(
  service: string,
  coverage: readonly CoveredClaim[],
  findDecidedBy: FindDecidedBy,
): readonly OutlineSection[] {
  const common = ofKind(coverage, 'sentence').filter(
    ({ claim: { sentence } }) => sentence.operations.length === 0 && sentence.kind !== 'parameter',
  );
  const sections = groupBy(common, ({ claim: { source } }) => JSON.stringify([source.file, source.section]));
  return [...sections.values()].flatMap((own) =>
    own.slice(0, 1).map(({ claim: { source } }) => ({
      service,
      title: source.section,
      file: source.file,
      sentences: own.map((covered) => outlineSentence(covered.claim.sentence, findDecidedBy(covered))),
    })),
  );
}

function outlineOperation(
  operation: Operation,
  coverage: readonly CoveredClaim[],
  findDecidedBy: FindDecidedBy,
): OutlineOperation {
  const { id, title, method, path, source, range, revisions } = operation;
  const sentences = ofKind(coverage, 'sentence').filter(({ claim }) => claim.sentence.operations.includes(id));
  return {
    ...{ id, title, method, path, source, range: formatRange(range) },
    revisions: revisions.map((revision) => formatRange(revision.range)),
    sentences: sentences
      .filter(({ claim }) => claim.sentence.kind !== 'parameter')
      .map((covered) => outlineSentence(covered.claim.sentence, findDecidedBy(covered))),
    codes: codesOf(operation, coverage, findDecidedBy),
    parameters: outlineParameters(
      operation,
      ofKind(coverage, 'member').filter(({ claim }) => claim.operation === id),
      sentences,
      findDecidedBy,
    ),
    samples: ofKind(coverage, 'sample')
      .filter(({ claim }) => claim.operation === id)
      .map((covered): OutlineSample => ({
        file: covered.claim.topic.replace(/^sample /, ''),
        line: covered.claim.source.line,
        ...findDecidedBy(covered),
      })),
  };
}

function codesOf(
  { id, revisions }: Operation,
  coverage: readonly CoveredClaim[],
  findDecidedBy: FindDecidedBy,
): readonly OutlineCode[] {
  return ofKind(coverage, 'code')
    .filter(({ claim }) => claim.operation === id)
    .map((covered): OutlineCode => {
      const { status, source } = covered.claim;
      const succeeds = revisions.some(({ responses }) => responses.some((response) => response.status === status));
      const where = revisions.filter(({ responses, errors }) =>
        [...responses, ...errors].some((code) => code.status === status),
      );
      const of = succeeds ? 'success' : 'error';
      return {
        status,
        of,
        range: spanText(where.map(({ range }) => range)),
        line: source.line,
        ...findDecidedBy(covered),
      };
    });
}
