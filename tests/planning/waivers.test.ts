import { describe, expect, it } from 'vitest';
import { bindWaivers } from '../../src/planning/waivers/bind-waivers.ts';
import { checkWaivers } from '../../src/planning/waivers/check-waivers.ts';
import { readWaivers } from '../../src/planning/waivers/read-waivers.ts';
import { hasExpired, type Waiver } from '../../src/planning/waivers/waiver.ts';
import type { Clause } from '../../src/clauses/clause.ts';
import { range } from '../../src/microversion.ts';

const whole = {
  clause: 'compute/attach-volume#echoes-tag',
  target: 'devstack*',
  reason: 'The proxy drops it',
  link: 'https://bugs.example/42',
  owner: 'Ada',
  expires: '2027-01-31',
};

type Fields = Readonly<Record<string, string | undefined>>;

function yaml(...entries: readonly Fields[]): string {
  const defined = entries.map((entry) =>
    Object.entries(entry).flatMap(([key, text]) => (text === undefined ? [] : [`${key}: ${JSON.stringify(text)}`])),
  );
  return defined.map((lines) => `- ${lines.join('\n  ')}\n`).join('');
}

function codes(...entries: readonly Fields[]): readonly string[] {
  const { waivers, diagnostics } = readWaivers(yaml(...entries), 'w.yaml');
  return [...diagnostics, ...checkWaivers(waivers, clauses)].map(
    ({ code, at, message }) => `${at.line}:${at.column} ${code} ${message}`,
  );
}

function clause(id: Clause['id'], statement: Clause['statement']): Clause {
  return {
    id,
    operation: 'compute/attach-volume',
    statement,
    kind: 'written',
    source: { file: 'a.inc', section: 'A', line: 1 },
    quotes: [],
    about: [],
    ranges: [range('2.70-2.79')],
    cases: 'boundaries',
    identities: [],
    capabilities: [],
    errata: [],
    killedBy: ['f'],
    check: async () => Promise.resolve([]),
  };
}

const clauses = [
  clause('compute/attach-volume#echoes-tag', 'The answer MUST repeat the tag.'),
  clause('compute/attach-volume#is-quick', 'The answer SHOULD come soon.'),
];

describe('a file of waivers', () => {
  it('reads what each entry says, and where it stands', () => {
    const { waivers, diagnostics } = readWaivers(yaml(whole), 'w.yaml');
    const { clause: waives, ...rest } = whole;
    expect(diagnostics).toEqual([]);
    expect(waivers).toEqual([{ waives, ...rest, at: { file: 'w.yaml', line: 1, column: 3 } }]);
  });

  it.each<readonly [string, Fields, string]>([
    ['a field is missing', { ...whole, owner: undefined }, '1:3 missing-key there is no owner here'],
    ['a field waits to be filled in', { ...whole, reason: ' ' }, '3:11 waiver-entry reason is empty'],
    ['a key is misspelt', { ...whole, expire: 'x' }, '7:3 misspelt-key the key expire is not known'],
    ['the day does not exist', { ...whole, expires: '2027-02-30' }, '6:12 waiver-entry expires is "2027-02-30"'],
    ['the day is in another form', { ...whole, expires: '31.1.2027' }, '6:12 waiver-entry expires is "31.1.2027"'],
    ['the link is none', { ...whole, link: 'ask Ada' }, '4:9 waiver-entry link is "ask Ada"'],
    [
      'nothing is waived',
      { ...whole, clause: undefined },
      '1:3 waiver-entry the waiver names no clause or case, or both',
    ],
    ['two things are waived', { ...whole, case: 'a' }, '1:3 waiver-entry the waiver names no clause or case, or both'],
    [
      'a clause has a microversion',
      { ...whole, clause: `${whole.clause}@2.70` },
      '1:11 waiver-entry "compute/attach-volume#echoes-tag@2.70" is not the id of a clause',
    ],
    [
      'no such clause exists',
      { ...whole, clause: 'compute/attach-volume#echoes-tga' },
      '1:3 waiver-subject no clause compute/attach-volume#echoes-tga exists',
    ],
    [
      'the clause has no such case',
      { ...whole, clause: undefined, case: `${whole.clause}@2.80` },
      '1:3 waiver-subject compute/attach-volume#echoes-tag has no case at 2.80',
    ],
    [
      'the clause can only warn',
      { ...whole, clause: 'compute/attach-volume#is-quick' },
      '1:3 waiver-subject compute/attach-volume#is-quick is a SHOULD',
    ],
  ])('is refused where %s', (_, entry, told) => {
    expect(codes(entry)).toEqual([told]);
  });

  it('is refused where an entry stands twice', () => {
    expect(codes(whole, whole)).toEqual([
      '7:3 repeated-waiver compute/attach-volume#echoes-tag is already waived for devstack* at line 1',
    ]);
  });

  it.each([
    ['2027-01-31T23:59:59.999Z', false],
    ['2027-02-01T00:00:00.000Z', true],
  ])('holds through its last day: at %s it has expired: %s', (startedAt, expired) => {
    expect(hasExpired(whole, startedAt)).toBe(expired);
  });
});

describe('the waivers of a target', () => {
  const at = { file: '/home/ada/w.yaml', line: 3, column: 3 };
  const base = { reason: 'r', link: 'https://a.example/', owner: 'o', expires: '2027-01-31', at };
  const waiver = (waives: string, target = '*'): Waiver => ({ ...base, waives, target });
  const target = {
    name: 'devstack 1',
    services: { compute: { endpoint: '', range: range('2.1-2.75') } },
    identities: new Set(['member'] as const),
    capabilities: {},
    fixtures: {},
  };
  const contract = {
    service: 'compute',
    operations: [{ id: 'compute/attach-volume', range: range('2.1-'), revisions: [{ range: range('2.1-') }] }],
  };
  const bind = (...waivers: readonly Waiver[]): ReturnType<typeof bindWaivers> =>
    bindWaivers(waivers, clauses, [contract as never], target, 'revisions');

  it('are those whose glob fits its name', () => {
    const fitting = [waiver('compute/attach-volume#echoes-tag', 'devstack*'), waiver('x#y', 'devstack')];
    expect(bind(...fitting).bound.map(({ waives }) => waives)).toEqual(['compute/attach-volume#echoes-tag']);
  });

  it('cover all cases of a clause that the target has, and tell the file without its folder', () => {
    expect(bind(waiver('compute/attach-volume#echoes-tag')).bound[0]).toMatchObject({
      listedAt: 'w.yaml:3',
      cases: ['compute/attach-volume#echoes-tag@2.70', 'compute/attach-volume#echoes-tag@2.75'],
    });
  });

  it.each([
    ['a clause and a case of it', '#echoes-tag', '#echoes-tag@2.70', 1],
    ['one case', '#echoes-tag@2.70', '#echoes-tag@2.70', 1],
    ['two cases of one clause', '#echoes-tag@2.70', '#echoes-tag@2.75', 0],
    ['two clauses', '#echoes-tag', '#is-quick', 0],
  ])('of %s overlap or not', (_, first, second, overlaps) => {
    const both = [first, second].map((id) => waiver(`compute/attach-volume${id}`));
    expect(bind(...both).diagnostics).toHaveLength(overlaps);
  });
});
