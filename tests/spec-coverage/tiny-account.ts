/** A contract of one operation with two sentences, its clauses, and an account of them in which nothing is wrong. */
import type { Ledger } from '../../src/spec-coverage/check.ts';
import { updateLock, emptyLock } from '../../src/spec-coverage/lock.ts';
import { readUntested, type Untested } from '../../src/spec-coverage/untested.ts';
import type { Clause } from '../../src/clauses/clause.ts';
import { section } from '../../src/clauses/quote.ts';
import type { Contract, ContractSample, Sentence, Source } from '../../src/contract/model.ts';
import { range } from '../../src/microversion.ts';
import { clauseOf, contractOf, plainOperation } from '../execution/tiny-contract.ts';

const file = 'things.inc';
const at = (line: number, title = 'Show a thing'): Source => ({ file, section: title, line });
export const quote = section(file, 'Show a thing');

const operation = plainOperation('compute/show-thing', ['2.1-2.9', '2.10-']);

const sentences: readonly Sentence[] = [
  { kind: 'prose', text: 'Shows one thing.', source: at(14), operations: [operation.id] },
  { kind: 'prose', text: 'Things are nice.', source: at(15), operations: [operation.id] },
  {
    kind: 'parameter',
    text: 'The thing to show.',
    source: { file: 'parameters.yaml', section: 'thing_id', line: 3 },
    operations: [operation.id],
    listed: [{ source: at(20) }],
  },
];

const sample: ContractSample = {
  side: 'response',
  file: 'samples/thing.json',
  range: range('2.1-'),
  value: {},
  source: at(30),
};

export const contract: Contract = {
  ...contractOf({
    ...operation,
    revisions: [
      {
        ...operation.revisions[0],
        request: {
          ...operation.revisions[0].request,
          path: [
            {
              name: 'thing_id',
              required: true,
              shape: { type: 'string', nullable: false },
              range: range('2.1-'),
              source: at(20),
            },
          ],
        },
        errors: [{ status: 404, source: at(18) }],
      },
      ...operation.revisions.slice(1),
    ],
    samples: [sample],
  }),
  errata: [
    {
      id: 'things-vanish',
      operations: [operation.id],
      says: 'They stay.',
      seen: 'They go.',
      since: '2.1',
      evidence: 'None.',
      reading: 'They may go.',
      touches: [],
    },
  ],
  sentences,
};

const whole = [range('2.1-')] as const;

export const clauses: readonly Clause[] = [
  clauseOf('compute/show-thing#shows', whole, {
    statement: 'A valid request MUST be answered with 200.',
    quotes: [quote('Shows one thing.')],
  }),
  clauseOf('compute/show-thing#refuses-unknown', whole, {
    statement: 'A request for another thing MUST be answered with 404.',
    source: at(18),
    kind: 'derived',
    about: ['status 404', 'path thing_id'],
    errata: ['things-vanish'],
  }),
  clauseOf('compute/show-thing#shows-sample', whole, { source: at(30), about: ['sample samples/thing.json'] }),
];

export const entry = `- sentence: Things are nice.
  reason: informative
  why: It is praise.
  link: things.inc
  review: 2027-01-01
`;

export function untestedIn(text: string): readonly Untested[] {
  return readUntested(text, 'suites/untested.yaml').entries;
}

export function ledgerWith(changes: Partial<Ledger> = {}): Ledger {
  return {
    contracts: [contract],
    clauses,
    untested: untestedIn(entry),
    lock: updateLock(emptyLock, clauses, undefined),
    places: { specs: () => 'specs/tiny', untested: 'suites/untested.yaml', lock: 'suites/clauses.lock.json' },
    today: '2026-11-22',
    ...changes,
  };
}
