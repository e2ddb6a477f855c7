/** Directives that the reader does not know: another extension's, or misspelt. */
import type { Report } from '../diagnostic.ts';
import { nearWord } from '../near-word.ts';
import type { Directive } from './block.ts';
import { DIRECTIVES } from './directive-names.ts';

export function reportUnknownDirective({ name, at }: Directive, report: Report): void {
  const meant = nearWord(name, DIRECTIVES);
  if (meant === undefined) {
    const message = `the directive ${name} is not known; its content is read as prose`;
    report({ severity: 'info', code: 'unknown-directive', at, message, expected: 'a directive of reStructuredText' });
    return;
  }
  const message = `the directive ${name} is misspelt; its content is read as prose`;
  report({ severity: 'error', code: 'misspelt-directive', at, message, expected: `.. ${meant}::` });
}
