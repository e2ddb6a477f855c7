/** An operation that both our own texts and the imported facts describe is an error, and counts once nowhere. */
import { expect, test } from 'vitest';
import { readServiceSpecs, withFacts } from '../../cli/service-specs.ts';
import type { FactFile } from '../../src/import/facts.ts';
import { formatDiagnostic } from '../../src/diagnostic.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';
import { specsFolder } from './compute-specs.ts';
import { list, treeWith } from '../import/trees.ts';

const factsOn = (...titles: readonly string[]): FactFile => ({
  source: 'things.inc',
  operations: titles.map((title) => ({ title, line: 1, call: 'GET /things', responses: ['200'], errors: [] })),
});

const ownTexts = readReference(treeOf(treeWith(list)));

test('an operation that is written and imported is an error that names both places and the way out', () => {
  const { diagnostics } = withFacts(ownTexts, [factsOn('List Things', 'Show a thing')]);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(formatDiagnostic);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(
    /^things\.inc:\d+:\d+: error described-twice: "List Things" is described here and in imported\/things\.json; expected .*reference import/,
  );
});

test('facts beside the texts are no error', () => {
  expect(withFacts(ownTexts, [factsOn('Show a thing')]).diagnostics).toEqual(ownTexts.diagnostics);
  expect(readServiceSpecs(specsFolder).diagnostics.filter(({ code }) => code === 'described-twice')).toEqual([]);
});
