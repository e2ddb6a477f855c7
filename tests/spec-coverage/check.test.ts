import { expect, test } from 'vitest';
import { checkCoverage, type Ledger } from '../../src/spec-coverage/check.ts';
import { coverageOf } from '../../src/spec-coverage/coverage.ts';
import { figuresOf } from '../../src/spec-coverage/figures.ts';
import { emptyLock, updateLock } from '../../src/spec-coverage/lock.ts';
import type { Clause } from '../../src/clauses/clause.ts';
import { formatDiagnostic } from '../../src/diagnostic.ts';
import { clauses, contract, entry, ledgerWith, quote, untestedIn } from './tiny-account.ts';

const [shows, refuses, showsSample] = clauses as readonly [Clause, Clause, Clause];

/** The account with one clause changed, and locked so. */
function withClause(clause: Clause, change: Partial<Clause>): Partial<Ledger> {
  const changed = clauses.map((each) => (each === clause ? { ...each, ...change } : each));
  return { clauses: changed, lock: updateLock(emptyLock, changed, undefined) };
}

test('finds nothing wrong where all is accounted for', () => {
  expect(checkCoverage(ledgerWith())).toEqual([]);
});

const lock = ledgerWith().lock;

const rows: readonly {
  readonly name: string;
  readonly change: Partial<Ledger>;
  readonly messages: readonly string[];
}[] = [
  {
    name: 'a sentence without clause and entry',
    change: { untested: [] },
    messages: ['specs/tiny/things.inc:15:1: error untested-sentence: no clause tests "Things are nice."'],
  },
  {
    name: 'a sentence of which only a part is quoted',
    change: withClause(shows, { quotes: [quote('Shows one')] }),
    messages: [
      'specs/tiny/things.inc:14:1: error untested-sentence: no clause tests "Shows one thing."',
      'unmatched-quote: compute/show-thing#shows quotes "Shows one"; expected "Shows one thing." (things.inc:14 Show a thing)',
    ],
  },
  {
    name: 'a sentence and a code whose clause no suite can try',
    change: withClause(shows, { unprepared: 'Nobody knows how.' }),
    messages: [
      'untested-sentence: no clause tests "Shows one thing."',
      'untested-code: no clause tests the code compute/show-thing 200',
    ],
  },
  {
    name: 'a code that no statement requires',
    change: withClause(refuses, { statement: 'A request for another thing MUST be refused.' }),
    messages: ['specs/tiny/things.inc:18:1: error untested-code: no clause tests the code compute/show-thing 404'],
  },
  {
    name: 'a parameter that no clause is about, and its first sentence',
    change: withClause(refuses, { about: [] }),
    messages: [
      'specs/tiny/parameters.yaml:3:1: error untested-sentence: no clause tests "The thing to show."',
      'untested-member: no clause tests the member compute/show-thing path thing_id',
    ],
  },
  {
    name: 'a sample that no clause is about',
    change: withClause(showsSample, { about: [] }),
    messages: [
      'specs/tiny/things.inc:30:1: error untested-sample: no clause tests the sample compute/show-thing sample samples/thing.json',
    ],
  },
  {
    name: 'a boundary with cases on one side only',
    change: {
      clauses: clauses.map((clause) => ({ ...clause, cases: 'once' })),
    },
    messages: [
      'untested-boundary: no clause tests the boundary compute/show-thing 2.1',
      'untested-boundary: no clause tests the boundary compute/show-thing 2.10',
    ],
  },
  {
    name: 'a quote of a code that is not documented',
    change: withClause(refuses, { quotes: [quote('Error response codes: 409')] }),
    messages: [
      'unmatched-quote: compute/show-thing#refuses-unknown quotes "Error response codes: 409"; expected a code that compute/show-thing documents',
    ],
  },
  {
    name: 'an erratum that does not exist',
    change: withClause(shows, { errata: ['no-such'] }),
    messages: ['unknown-erratum: compute/show-thing#shows names the erratum no-such'],
  },
  {
    name: 'an id that is given twice',
    change: { clauses: [...clauses, shows] },
    messages: ['repeated-id: compute/show-thing#shows is the id of another clause too'],
  },
  {
    name: 'an entry past its review date',
    change: { today: '2027-01-01' },
    messages: [
      'suites/untested.yaml:1:3: error review-due: the review date 2027-01-01 of "Things are nice." has passed',
    ],
  },
  {
    name: 'an entry that means nothing any more',
    change: { untested: untestedIn(entry + entry.replace('nice', 'bad')) },
    messages: ['suites/untested.yaml:6:3: error matches-nothing: the specs have no sentence "Things are bad."'],
  },
  {
    name: 'an entry for what is tested after all',
    change: { untested: untestedIn(entry + entry.replace('Things are nice', 'Shows one thing')) },
    messages: ['tested-after-all: compute/show-thing#shows tests "Shows one thing."'],
  },
  {
    name: 'an entry with an unknown erratum',
    change: { untested: untestedIn(entry.replace('informative', 'contradicted-by-erratum')) },
    messages: ['unknown-erratum: there is no erratum'],
  },
  {
    name: 'a removed clause',
    change: { lock: { ...lock, clauses: { ...lock.clauses, 'compute/show-thing#gone': 'It MUST go.' } } },
    messages: ['suites/clauses.lock.json:1:1: error vanished-clause: the clause compute/show-thing#gone was removed'],
  },
  {
    name: 'a statement that changed',
    change: { lock: { ...lock, clauses: { ...lock.clauses, [shows.id]: 'It MUST be shown.' } } },
    messages: ['changed-statement: compute/show-thing#shows said "It MUST be shown." and now says'],
  },
  {
    name: 'a clause that is new',
    change: {
      lock: { ...lock, clauses: { [refuses.id]: refuses.statement, [showsSample.id]: showsSample.statement } },
    },
    messages: ['unlocked-clause: the clause compute/show-thing#shows is new'],
  },
  {
    name: 'an id that was retired',
    change: {
      lock: updateLock({ ...lock, retired: { [shows.id]: 'it was vague' } }, [refuses, showsSample], {
        glob: shows.id,
        because: 'it was vague',
      }),
    },
    messages: ['retired-id: compute/show-thing#shows was retired: it was vague'],
  },
];

test.each(rows)('reports $name', ({ change, messages }) => {
  const lines = checkCoverage(ledgerWith(change)).map(formatDiagnostic);
  expect(lines).toHaveLength(messages.length);
  messages.forEach((text, index) => expect(lines[index]).toContain(text));
});

test('counts clauses by level and kind, and what of the specs is tested', () => {
  const { claims, clauses: counted } = figuresOf(clauses, coverageOf(contract, clauses), untestedIn(entry));
  expect(counted).toEqual([{ level: 'MUST', derived: 1, written: 2 }]);
  expect(claims).toEqual([
    { kind: 'sentence', all: 3, tested: 2, untested: 1 },
    { kind: 'code', all: 2, tested: 2, untested: 0 },
    { kind: 'member', all: 1, tested: 1, untested: 0 },
    { kind: 'sample', all: 1, tested: 1, untested: 0 },
    { kind: 'boundary', all: 2, tested: 2, untested: 0 },
  ]);
});
