/** The microversions in parentheses after a response code: `microversions 2.0 - 2.100`, `microversion 2.101 - `. */
import { quoted, type Position, type Report } from '../diagnostic.ts';
import type { MicroversionRange } from '../microversion.ts';
import { readVersion, reportUpsideDown } from './read-version.ts';

const RANGE = /^\s*(?:(?:micro)?versions?|since|from)\s+(\S+?)\s*(?:(-|to\b|and\b)\s*([\s\S]*?))?\s*$/i;

const LONGEST_RANGE = 200;

/** A single version is that one only; a dash without an end means "to the newest". */
export function readCodeRange(text: string, at: Position, report: Report): MicroversionRange | undefined {
  const [, from, dash, to = ''] = (text.length > LONGEST_RANGE ? undefined : RANGE.exec(text)) ?? [];
  if (from === undefined) {
    const message = `${quoted(text)} is not a range of microversions; the code is left out`;
    const expected = 'microversions 2.1 - 2.69, or microversion 2.70 - ';
    report({ severity: 'error', code: 'unreadable-range', at, message, expected });
    return undefined;
  }
  const first = readVersion('first microversion', from, at, report);
  if (!first) return undefined;
  if (dash === undefined) return { first, last: first };
  if (to === '' || /^(?:later|above|newer|greater)$/i.test(to)) return { first, last: undefined };
  const last = readVersion('last microversion', to, at, report);
  if (!last || reportUpsideDown(first, last, at, report)) return undefined;
  return { first, last };
}
