/** The microversions to which a sentence limits what it says: `Since microversion 2.91 ...`. */
import { parseMicroversion, previousMicroversion, type MicroversionRange } from '../microversion.ts';

export const unlimited: MicroversionRange = { first: { major: 0, minor: 0 }, last: undefined };

export function isUnlimited({ first, last }: MicroversionRange): boolean {
  return first.major === 0 && last === undefined;
}

const VERSION = String.raw`(?:the\s+)?(?:(?:API\s+)?micro)?version\s+\W{0,2}v?(\d+\.\d+)`;
const SINCE = new RegExp(
  String.raw`\b(?:since|from|as\s+of|(?:starting|beginning)\s+(?:with|from|in)|(?:added|introduced|new|available|supported|allowed)\s+(?:in|since|from))\s+${VERSION}`,
  'i',
);
const UNTIL = new RegExp(String.raw`\b(?:until|up\s+to|through)\s+${VERSION}`, 'i');
const BEFORE = new RegExp(String.raw`\b(?:before|prior\s+to|below|removed\s+in)\s+${VERSION}`, 'i');

export function statedRange(sentence: string): MicroversionRange {
  const first = versionIn(SINCE, sentence) ?? unlimited.first;
  const next = versionIn(BEFORE, sentence);
  const last = versionIn(UNTIL, sentence) ?? (next && previousMicroversion(next));
  return { first, last };
}

function versionIn(form: RegExp, sentence: string): MicroversionRange['last'] {
  return parseMicroversion(form.exec(sentence)?.[1] ?? '');
}
