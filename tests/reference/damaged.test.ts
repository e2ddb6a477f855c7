/**
 * Damaged references: each folder of `tests/fixtures/damaged` holds a tree and everything that is said about it.
 *
 * The goldens are rewritten by `npm run golden` and read in review.
 */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/diagnostic.ts';
import { loadTree } from '../../src/reference/load-tree.ts';
import { readReference } from '../../src/reference/read-reference.ts';

const folder = new URL('../fixtures/damaged/', import.meta.url).pathname;

test.each(readdirSync(folder).sort())('says what is wrong with %s', async (name) => {
  const { operations, diagnostics } = readReference(loadTree(`${folder}${name}/tree`));
  const calls = operations.map(({ method, path, title }) => `read: ${method} ${path} (${title})`);
  const lines = [...diagnostics.map(formatDiagnostic), ...calls];
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`${folder}${name}/diagnostics.txt`);
});
