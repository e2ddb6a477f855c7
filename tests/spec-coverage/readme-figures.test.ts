/** The figures in README.md are those of the committed table of kills. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { staleFigures, withFigures } from '../../cli/clauses/readme-figures.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

test('writing the figures changes nothing else, and is what the check expects', () => {
  const written = withFigures(readme, '3 of 4 clauses proven.');
  expect(written).toContain('\n3 of 4 clauses proven.\n');
  expect(written.replace('3 of 4 clauses proven.\n', '')).toBe(withFigures(readme, '').replace('-->\n\n', '-->\n'));
  expect(staleFigures(written, '3 of 4 clauses proven.')).toBeUndefined();
});

test.each([
  ['other figures', withFigures(readme, '3 of 4 clauses proven.')],
  ['no place for them', 'No figures here.'],
])('a README with %s is an error that names the command', (_, text) => {
  expect(staleFigures(text, '4 of 4 clauses proven.')).toMatchObject({
    severity: 'error',
    code: 'stale-figures',
    expected: '`npm run accept`',
  });
});
