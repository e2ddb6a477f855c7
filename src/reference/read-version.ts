/** Versions as they stand in source texts. */
import { quoted, type Position, type Report } from '../diagnostic.ts';
import { compareMicroversions, formatMicroversion, parseMicroversion, type Microversion } from '../microversion.ts';

/** Undefined, with a diagnostic, when the text is not a microversion. */
export function readVersion(what: string, text: string, at: Position, report: Report): Microversion | undefined {
  const version = parseMicroversion(text.trim());
  if (version) return version;
  const message = `the ${what} ${quoted(text)} is not a microversion`;
  report({
    severity: 'error',
    code: 'bad-version',
    at,
    message,
    expected: 'two integers joined by a dot, such as 2.79',
  });
  return undefined;
}

/** Reports a first version that follows the last; true when it does. */
export function reportUpsideDown(first: Microversion, last: Microversion, at: Position, report: Report): boolean {
  if (compareMicroversions(first, last) <= 0) return false;
  const message = `the range from ${formatMicroversion(first)} to ${formatMicroversion(last)} is upside down`;
  report({ severity: 'error', code: 'range-upside-down', at, message, expected: 'the lower version first' });
  return true;
}
