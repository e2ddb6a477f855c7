/** The journal and the evidence of a run of 20,000 cases, as a run of all of Nova has them. */
import type { Exchange } from '../../src/client/exchange.ts';
import type { Evidence } from '../../src/execution/reevaluate.ts';
import { emptyTranscript } from '../../src/execution/transcript.ts';
import type { Finding, Verdict } from '../../src/clauses/verdict.ts';
import type { OperationId } from '../../src/contract/model.ts';
import type { EndLine, PlannedCase, PlannedClause, RunLine } from '../../src/records/journal.ts';
import { endLine, runLine } from './fixed-record.ts';

const [resources, operationsEach, clausesEach] = [62, 4, 30] as const;
const microversions = ['2.1', '2.48', '2.104'] as const;
export const largeCount = 20_000;

const findings: readonly Finding[] = [
  { kind: 'status', exchange: '', expected: [400], seen: 404 },
  { kind: 'header', exchange: '', name: 'x-openstack-request-id', expected: 'a value', seen: null },
  { kind: 'schema', exchange: '', pointer: '/things/0/links', keyword: 'type', expected: 'an array', seen: 'none' },
];

interface LargeCase {
  readonly planned: PlannedCase;
  readonly verdict: Verdict;
  readonly evidence: Evidence;
}

const operationId = (resource: number, operation: number): OperationId =>
  `compute/show-details-of-resource-${resource}-by-operation-${operation}`;

const clauses: readonly PlannedClause[] = range(resources).flatMap((resource) =>
  range(operationsEach).flatMap((operation) =>
    range(clausesEach).map((index): PlannedClause => {
      const id = operationId(resource, operation);
      const source = { file: `os-resources-${resource}.inc`, section: 'Show Details', line: 10 + index };
      const statement = `The reply MUST have the member /thing/member_${index}, in its documented form.`;
      const shared = { level: 'MUST', kind: 'derived', source, range: '2.1-', errata: [] } as const;
      return { id: `${id}#reply-has-member-number-${index}`, operation: id, statement, ...shared };
    }),
  ),
);

export const largeCases: readonly LargeCase[] = clauses
  .flatMap((clause, index) => microversions.map((version, place) => largeCase(clause, version, index * 3 + place)))
  .slice(0, largeCount);

export const largeHeader: RunLine = {
  ...runLine,
  operations: [...new Set(clauses.map(({ operation }) => operation))],
  clauses,
  cases: largeCases.map(({ planned }) => planned),
  errata: [],
};

export const largeEnd: EndLine = { ...endLine, leaks: [] };

function largeCase({ id, operation }: PlannedClause, microversion: string, number: number): LargeCase {
  const shown = exchange(`x${Math.floor(number / 3)}`, operation);
  const planned = { id: `${id}@${microversion}`, clause: id, operation, microversion, identities: ['member'] };
  const inputs = emptyTranscript;
  return {
    planned,
    verdict: verdictOf(number, shown.id),
    evidence: { exchanges: [exchange(`x${1_000_000 + (number % 50)}`, operation), shown], transcript: inputs },
  };
}

/** Of 20 cases 12 pass, 1 fails, 5 are inconclusive for hundreds of causes, 2 do not apply. */
function verdictOf(number: number, id: string): Verdict {
  const kind = number % 20;
  const finding = findings[number % findings.length];
  if (kind === 0 && finding) return { is: 'fail', findings: [{ ...finding, exchange: id }] };
  if (kind <= 12) return { is: 'pass' };
  if (kind > 17) return { is: 'not-applicable', reason: `The clause speaks of 2.${number % 90} and later.` };
  const cause = `a thing of resource ${number % 300} in state ACTIVE`;
  return { is: 'inconclusive', reason: `GET /things/{id} of resource ${number % 300} was answered with 404.`, cause };
}

function exchange(id: string, operation: OperationId): Exchange {
  const headers = ['content-type', 'vary', 'x-openstack-request-id', 'x-compute-request-id', 'date'];
  return {
    id,
    purpose: 'act',
    operation,
    identity: 'member',
    request: {
      method: 'GET',
      url: `http://127.0.0.1:8774/v2.1/things/${id}`,
      headers: [['x-auth-token', '[redacted]']],
    },
    response: {
      status: 200,
      headers: headers.map((name) => [name, `${name} of ${id}`]),
      body: `{"${id}":"${'x'.repeat(600)}"}`,
    },
    startedAt: '2026-03-01T10:00:01.000Z',
    durationMs: 12.5,
  };
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
