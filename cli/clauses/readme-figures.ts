/** Generates the figures of the mutation test in README.md from the recorded results. */
import type { Diagnostic } from '../../src/diagnostic.ts';

export const readmeFile = 'README.md';

const block = /(?<=<!-- figures: written by `clauses --write` -->\n)[\s\S]*?(?=<!-- end of figures -->)/;

/** The text with the current figures; unchanged where it has no block for them. */
export function withFigures(readme: string, proof: string | undefined): string {
  return proof === undefined ? readme : readme.replace(block, `${proof}\n`);
}

/** Undefined when the figures are current. */
export function staleFigures(readme: string, proof: string | undefined): Diagnostic | undefined {
  if (block.test(readme) && withFigures(readme, proof) === readme) return undefined;
  const before = readme.split('<!-- figures')[0] ?? '';
  return {
    severity: 'error',
    code: 'stale-figures',
    at: { file: readmeFile, line: before.split('\n').length, column: 1 },
    message: 'the figures differ from those of the recorded mutation tests',
    expected: '`npm run accept`',
  };
}
