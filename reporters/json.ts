/**
 * `report.json`: the record of the run, with keys in a fixed order and one clause or case on each line. Its schema is
 * `report.schema.json`.
 */
import { jsonLines } from './json-lines.ts';
import type { Reporter } from '../src/report/record.ts';

export const jsonReporter: Reporter = {
  id: 'json',
  summary: 'report.json, the record of the run',
  render: ({ report }) => [{ path: 'report.json', text: `${jsonLines(ordered(report))}\n` }],
};

/** In the order in which a reader looks for them; keys that are not listed follow in alphabetical order. */
const firstKeys: ReadonlyMap<string, number> = new Map(
  [
    'format',
    'formatVersion',
    'is',
    'kind',
    'id',
    'name',
    'version',
    'tool',
    'run',
    'verdict',
    'scope',
    'vacuous',
    'reasons',
    'counts',
    'target',
    'contracts',
    'clause',
    'operation',
    'statement',
    'level',
    'microversion',
    'leaks',
    'kept',
    'inventories',
    'errata',
    'waivers',
    'cost',
    'clauses',
    'cases',
  ].map((key, index) => [key, index]),
);

/** Values from the contract or the target keep the order of their keys. */
const foreign: ReadonlySet<string> = new Set(['expected', 'seen']);

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, member]) => [key, foreign.has(key) ? (member as unknown) : ordered(member)]),
  );
}

function rank(key: string): number {
  return firstKeys.get(key) ?? firstKeys.size;
}
