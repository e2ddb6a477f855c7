import { expect, test } from 'vitest';
import { operationOf } from '../../src/contract/cut-revisions.ts';
import type { DraftOperation } from '../../src/contract/draft.ts';
import { contractKey } from '../../src/contract/same-contract.ts';
import type { Member } from '../../src/contract/model.ts';
import { coversRange, revisionAt } from '../../src/contract/questions.ts';
import { formatRange, includes, microversion, range, type MicroversionRange } from '../../src/microversion.ts';
import { assembleOwn, operationIn } from '../assembly/compute-specs.ts';

const source = { file: 'a.inc', section: 'A', line: 1 };

const table = [
  // An erratum says of unknown query parameters what holds up to 2.101 only: hence the boundary at 2.102.
  ['compute/attach-volume', '2.1-2.48 2.49-2.69 2.70-2.78 2.79-2.100 2.101 2.102-'],
  ['compute/detach-volume', '2.1-2.101 2.102-'],
  ['compute/list-volume-attachments', '2.1-2.69 2.70-2.74 2.75-2.78 2.79-2.88 2.89-'],
  ['compute/show-volume-attachment', '2.1-2.69 2.70-2.78 2.79-2.88 2.89-2.101 2.102-'],
  ['compute/swap-volume', '2.1-2.84 2.85-2.101 2.102-'],
  ['compute/update-volume-attachment', '2.85-2.101 2.102-'],
] as const;

const own = assembleOwn();

test('the specs are read without a diagnostic', () => {
  expect(own.diagnostics).toEqual([]);
});

test.each(table)('%s has the revisions %s', (id, expected) => {
  const operation = operationIn(own, id);
  expect(operation.revisions.map((revision) => formatRange(revision.range)).join(' ')).toBe(expected);
});

/** A small generator of its own, so that a failure can be repeated. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield state;
  }
}

function draftWith(members: readonly Member[], whole: MicroversionRange): DraftOperation {
  const shape = { type: 'object', nullable: false, members, open: false } as const;
  return {
    id: 'compute/a',
    title: 'A',
    method: 'POST',
    path: '/a',
    source,
    range: whole,
    request: { path: [], query: [], header: [], body: { kind: 'json', shape }, unknownQuery: [] },
    responses: [{ status: 200, header: [], body: { kind: 'undocumented' }, source, range: whole }],
    errors: [],
    notes: [],
    samples: [],
  };
}

function randomDraft(seed: number): DraftOperation {
  const random = numbers(seed);
  const below = (limit: number): number => (random.next().value as number) % limit;
  const members = Array.from({ length: 1 + below(6) }, (_, index): Member => {
    const first = 1 + below(104);
    const last = first + below(60);
    const own = below(2) === 0 ? range(`2.${first}-`) : range(`2.${first}-2.${last}`);
    return { name: `m${index}`, required: true, shape: { type: 'string', nullable: false }, range: own, source };
  });
  return draftWith(members, range('2.1-'));
}

const drafts = Array.from({ length: 200 }, (_, seed) => randomDraft(seed + 1));

test('revisions cover the range of their operation without gaps', () => {
  for (const draft of drafts) expect(coversRange(operationOf(draft))).toBe(true);
});

test('neighbouring revisions differ', () => {
  for (const draft of drafts) {
    const { revisions } = operationOf(draft);
    const keys = revisions.map(contractKey);
    expect(keys.filter((key, index) => key === keys[index + 1])).toEqual([]);
  }
});

test('a revision has exactly the members that hold at each of its microversions', () => {
  for (const draft of drafts) {
    const operation = operationOf(draft);
    for (let minor = 1; minor <= 170; minor += 7) {
      const at = microversion(`2.${minor}`);
      expect(namesIn(revisionAt(operation, at)?.request.body)).toEqual(
        namesIn(draft.request.body, (own) => includes(own, at)),
      );
    }
  }
});

function namesIn(
  body: DraftOperation['request']['body'] | undefined,
  holds: (range: MicroversionRange) => boolean = () => true,
): readonly string[] {
  if (body?.kind !== 'json' || body.shape.type !== 'object') return [];
  return body.shape.members.filter((member) => holds(member.range)).map(({ name }) => name);
}

test('the number of revisions does not grow with the number of microversions', () => {
  const member: Member = {
    name: 'late',
    required: true,
    shape: { type: 'string', nullable: false },
    range: range('2.1000000-'),
    source,
  };
  expect(operationOf(draftWith([member], range('2.1-'))).revisions).toHaveLength(2);
});
