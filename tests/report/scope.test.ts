/** The scope of a run: what every way to narrow it leaves out of the complete plan, and what does not narrow it. */
import { expect, test } from 'vitest';
import { caseLine, clauseLine } from '../../cli/run/run-line.ts';
import { ownContract } from '../../cli/own-contract.ts';
import { identities } from '../../src/clauses/identity.ts';
import { completePlan } from '../../src/planning/complete-plan.ts';
import { planCases } from '../../src/planning/plan-cases.ts';
import { everything, type Selection } from '../../src/planning/selection.ts';
import { groupBy } from '../../src/group-by.ts';
import type { Target } from '../../src/planning/target.ts';
import { contractOf } from '../../src/contract/cut-revisions.ts';
import { microversion, range } from '../../src/microversion.ts';
import type { RunLine } from '../../src/records/journal.ts';
import { scopeFacts } from '../../src/report/scope-facts.ts';
import { scopeReport } from '../../src/report/scope-report.ts';
import type { ScopeReport } from '../../src/records/report.ts';
import { allClauses, apiResources, triedOperations } from '../../suites/index.ts';
import { runLine } from '../reporters/fixed-record.ts';

const listing = 'compute/list-volumes';
const contract = contractOf(ownContract((id) => triedOperations.has(id) || id === listing, 'compute').draft);
const clauses = allClauses([contract]);
const attachments = clauses.filter(({ operation }) => operation !== listing);
const all = attachments.length;
const has = { has: true, source: 'found' } as const;
const target: Target = {
  name: 'cloud',
  services: { compute: { endpoint: '', range: range('2.1-2.104') } },
  identities: new Set(identities),
  capabilities: { multiattach: has, resize: has, rescue: has, 'service-sees-migrations': has, 'whole-api': has },
  fixtures: {},
};

function scopeOf(
  selection: Partial<Selection>,
  more: Partial<Target> = {},
  shard?: RunLine['run']['shard'],
): ScopeReport {
  const on = { ...target, ...more };
  const from = selection.include?.includes('*') ? clauses : attachments;
  const planned = planCases(from, [contract], on, { ...everything, ...selection });
  const chosen = groupBy(planned, ({ clause }) => clause);
  const selected = from.filter(({ id }) => chosen.has(id));
  const cases = selected.flatMap((clause) => (chosen.get(clause.id) ?? []).map((one) => caseLine(clause, one)));
  const line = { ...runLine, clauses: selected.map(clauseLine), cases };
  const resources = selection.resources ?? apiResources;
  const scope = scopeFacts(completePlan(resources, clauses, [contract], on), line, on);
  const contracts = runLine.contracts.map((one) => ({ ...one, operations: 251 }));
  const run = { ...runLine.run, ...(shard && { shard }) };
  const report = scopeReport({ ...line, run, scope, contracts }, []);
  if (!report) throw new Error('No scope');
  return report;
}

/** The operations of all resources. */
const tested = apiResources.flatMap(({ operations }) => operations).length;

test('a run of all clauses at all their microversions is complete', () => {
  expect(scopeOf({})).toMatchObject({
    complete: true,
    summary: `all ${all} clauses of ${apiResources.map(({ id }) => id).join(', ')}; ${tested} of 251 operations selected`,
    leftOut: [],
  });
});

test('all clauses of a named resource are a complete scope, and part of them are not', () => {
  const resources = apiResources.filter(({ id }) => id === 'server-groups');
  const whole = scopeOf({ resources });
  expect(whole).toMatchObject({ complete: true, resources: ['server-groups'], leftOut: [] });
  expect(whole.summary).toMatch(/^all \d+ clauses of server-groups; 4 of 251 operations selected$/);
  const part = scopeOf({ resources, level: 'must' });
  expect(part.complete).toBe(false);
  expect(part.summary).toContain('clauses excluded');
});

test('every microversion instead of the first and last of each revision is complete as well', () => {
  const resources = apiResources.filter(({ id }) => id === 'server-groups');
  expect(scopeOf({ cases: 'sweep', resources }).complete).toBe(true);
});

test('what the target was found to lack leaves nothing out', () => {
  const capabilities = { ...target.capabilities, multiattach: { has: false, source: 'found' } } as const;
  expect(scopeOf({}, { capabilities }).complete).toBe(true);
});

test.each<readonly [string, Partial<Selection>, Partial<Target>, RegExp]>([
  ['--include', { include: ['compute/attach-volume#answers-*'] }, {}, /^\d+ of \d+ clauses excluded; 1 of 251 op/],
  [
    '--exclude',
    { exclude: ['compute/detach-volume'] },
    {},
    new RegExp(`^\\d+ of \\d+ clauses excluded; ${tested - 1} of 251 operations selected$`),
  ],
  [
    '--level',
    { level: 'must' },
    {},
    new RegExp(`^\\d+ of \\d+ clauses excluded; ${tested} of 251 operations selected$`),
  ],
  [
    '--microversions',
    { microversions: [{ first: microversion('2.1'), last: microversion('2.60') }] },
    {},
    /\d+ of \d+ cases excluded by microversion/,
  ],
  ['--microversions latest', { microversions: ['latest'] }, {}, /\d+ of \d+ cases excluded by microversion/],
  [
    '--once',
    { cases: 'once' },
    {},
    new RegExp(`^\\d+ of \\d+ cases excluded by microversion; ${tested} of 251 operations selected$`),
  ],
  [
    'a missing identity',
    {},
    { identities: new Set(identities.filter((one) => one !== 'reader')) },
    new RegExp(`^\\d+ of \\d+ clauses need the reader identity, which was not given; ${tested} of 251`),
  ],
  [
    'a capability declared to be missing',
    {},
    { capabilities: { ...target.capabilities, multiattach: { has: false, source: 'declared' } } },
    new RegExp(`^\\d+ of \\d+ clauses need the capability multiattach, which was declared missing; ${tested} of 251`),
  ],
  [
    '--mode read-only',
    { mode: 'read-only' },
    {},
    new RegExp(`^\\d+ of \\d+ clauses change something, and the run only reads; ${tested}`),
  ],
  [
    'operations of no resource besides',
    { include: ['*'] },
    {},
    /^\d+ of \d+ clauses on operations outside of volume-att/,
  ],
])('%s is not complete, and the summary counts what is left out', (_, selection, more, words) => {
  const scope = scopeOf(selection, more);
  expect(scope.complete).toBe(false);
  expect(scope.summary).toMatch(words);
  expect(scope.leftOut.every(({ count, total }) => count > 0 && count <= total)).toBe(true);
});

test('a shard alone is not complete', () => {
  const scope = scopeOf({}, {}, { index: 2, total: 3 });
  expect(scope.complete).toBe(false);
  expect(scope.summary).toContain('this is shard 2 of 3');
});
