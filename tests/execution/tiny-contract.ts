/** Contracts and clauses put together by hand, as small as a test needs them. */
import type { Clause, ClauseId, Statement } from '../../src/clauses/clause.ts';
import type { Target } from '../../src/planning/target.ts';
import type { Contract, Message, Operation, OperationId, Revision, Source } from '../../src/contract/model.ts';
import type { NonEmpty } from '../../src/json.ts';
import { range, type MicroversionRange } from '../../src/microversion.ts';

export const source: Source = { file: 'things.inc', section: 'Show a thing', line: 12 };

export const noMessage: Message = {
  path: [],
  query: [],
  header: [],
  unknownQuery: 'undocumented',
  body: { kind: 'none', source },
};

/** An operation of which nothing matters but its revisions, given as `2.1-2.9`. */
export function plainOperation(id: OperationId, revisions: NonEmpty<string>): Operation {
  const [first, ...rest] = revisions.map((text): Revision => ({
    range: range(text),
    request: noMessage,
    responses: [{ status: 200, header: [], body: { kind: 'undocumented' }, source }],
    errors: [],
  }));
  if (!first) throw new RangeError('An operation has a revision at least');
  const whole = { first: first.range.first, last: (rest.at(-1) ?? first).range.last };
  return {
    id,
    title: 'Show a thing',
    method: 'GET',
    path: '/things/{thing_id}',
    source,
    range: whole,
    revisions: [first, ...rest],
    notes: [],
    samples: [],
  };
}

export function contractOf(...operations: readonly Operation[]): Contract {
  return {
    service: 'compute',
    origin: { title: 'Tiny', revision: '1', date: '2026-01-01', license: 'Apache-2.0' },
    microversions: { header: 'OpenStack-API-Version', serviceName: 'compute', range: range('2.1-2.104') },
    operations,
    errata: [],
    sentences: [],
  };
}

export function clauseOf(id: ClauseId, ranges: NonEmpty<MicroversionRange>, more: Partial<Clause> = {}): Clause {
  return {
    id,
    operation: id.split('#')[0] as OperationId,
    statement: 'A thing MUST be shown.' satisfies Statement,
    kind: 'written',
    source,
    quotes: [],
    about: [],
    ranges,
    cases: 'boundaries',
    identities: [],
    capabilities: [],
    errata: [],
    killedBy: ['compute:none'],
    check: async () => [],
    ...more,
  };
}

export function targetWith(supported: string, more: Partial<Target> = {}): Target {
  return {
    name: 'tiny',
    services: { compute: { endpoint: 'http://tiny.test', range: range(supported) } },
    identities: new Set(['member']),
    capabilities: {},
    fixtures: {},
    ...more,
  };
}
