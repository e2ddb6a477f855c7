import { expect, test } from 'vitest';
import { requiredStatuses } from '../../src/spec-coverage/required-statuses.ts';
import { coverageOf } from '../../src/spec-coverage/coverage.ts';
import { indexPage } from '../../src/spec-coverage/index-page.ts';
import { emptyLock, readLock, updateLock, writeLock } from '../../src/spec-coverage/lock.ts';
import { untestedClauses } from '../../src/spec-coverage/untested-clauses.ts';
import { readUntested } from '../../src/spec-coverage/untested.ts';
import { clauses, contract, entry, untestedIn } from './tiny-account.ts';

const wrongEntries = [
  ['an unknown reason', entry.replace('informative', 'too-hard'), '"too-hard" is not a reason for not testing'],
  ['no date', entry.replace('2027-01-01', 'soon'), '"soon" is not a date'],
  ['a day that does not exist', entry.replace('2027-01-01', '2027-02-30'), '"2027-02-30" is not a date'],
  ['nothing that is not tested', entry.replace('sentence:', 'phrase:'), 'the key phrase is not known'],
  ['two things', `${entry}  code: compute/show-thing 404\n`, 'the entry does not say what is not tested'],
  ['no link', entry.replace('  link: things.inc\n', ''), 'there is no link here'],
] as const;

test.each(wrongEntries)('an entry with %s is reported and left out', (_, text, message) => {
  const { entries, diagnostics } = readUntested(text, 'untested.yaml');
  expect(entries).toEqual([]);
  expect(diagnostics[0]?.message).toBe(message);
});

test('a lock read back is the same, sorted by id', () => {
  const lock = updateLock(emptyLock, clauses, undefined);
  expect(readLock(writeLock(lock))).toEqual(lock);
  expect(Object.keys(readLock(writeLock(lock))?.clauses ?? {})).toEqual(clauses.map(({ id }) => id).sort());
});

test.each(['', '[]', '{"clauses": {}}', '{"clauses": {"a": 1}, "retired": {}}'])('%j is no lock', (text) => {
  expect(readLock(text)).toBeUndefined();
});

test('a removed or reworded clause stays in the lock until that is accepted', () => {
  const lock = { clauses: { 'compute/a#gone': 'It MUST go.', [clauses[0]?.id ?? '']: 'Old MUST stay.' }, retired: {} };
  const kept = updateLock(lock, clauses, undefined);
  expect(kept.clauses).toMatchObject(lock.clauses);
  const accepted = updateLock(lock, clauses, { glob: 'compute/*', because: 'it was wrong' });
  expect(accepted.clauses).toEqual(Object.fromEntries(clauses.map(({ id, statement }) => [id, statement])));
  expect(accepted.retired).toEqual({ 'compute/a#gone': 'it was wrong' });
});

const statements = [
  ['A valid request MUST be answered with 200.', [200]],
  ['A valid request MUST be answered with 200 or 202.', [200, 202]],
  ['A detach MUST be answered with 404 and leave it there.', [404]],
  ['A request SHOULD NOT be answered with 500.', []],
  ['The reply with 401 MUST have a header.', []],
] as const;

test.each(statements)('reads the codes of "%s"', (statement, expected) => {
  expect(requiredStatuses(statement)).toEqual(expected);
});

test('the index has one line per clause and per entry', () => {
  const page = indexPage({
    contracts: [contract],
    clauses,
    coverage: coverageOf(contract, clauses),
    untested: untestedIn(entry),
  });
  expect(page).toContain(
    '| shows | A valid request MUST be answered with 200. | things.inc:12 | 2.1- | compute:none |',
  );
  expect(page).toContain('| sentences | 3 | 2 | 1 |');
  expect(page).toContain('| Things are nice. | informative | It is praise. (things.inc) | 2027-01-01 |');
});

test('sentences and codes without clause and entry become placeholder clauses', () => {
  const found = untestedClauses(contract, clauses.slice(1), []);
  expect(found.map(({ id, unprepared }) => [id, unprepared])).toEqual([
    ['compute/show-thing#shows-one-thing', 'No clause tests this sentence yet.'],
    ['compute/show-thing#things-are-nice', 'No clause tests this sentence yet.'],
    ['compute/show-thing#documents-200', 'No clause tests this sentence yet.'],
  ]);
});
