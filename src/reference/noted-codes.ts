/**
 * Success codes that a note divides among the microversions: `Normal response codes: 200, 201`, and below it that the
 * code changed in some version.
 */
import { parseMicroversion, previousMicroversion, type MicroversionRange } from '../microversion.ts';
import type { Note, Paragraph, StatusCode } from './model.ts';

const VERSION = String.raw`(?:in|from|since|with|starting (?:in|from|with)) (?:the )?(?:API )?(?:micro)?version (\d+\.\d+)`;
const FORMS: readonly RegExp[] = [
  new RegExp(String.raw`\bcode (?:was |has )?changed from \d{3} to (\d{3}) ${VERSION}`, 'i'),
  new RegExp(String.raw`\b(?:return|response|status) code is (\d{3}) ${VERSION}`, 'i'),
];

/** Only where two codes are given and neither says its microversions: the one is from then on, the other until then. */
export function withNotedCodes(
  codes: readonly StatusCode[],
  texts: readonly (Note | Paragraph)[],
): readonly StatusCode[] {
  const open = codes.filter(({ kind, range }) => kind === 'success' && !range);
  const noted = texts.map(({ text }) => changeIn(text)).find((change) => change !== undefined);
  if (!noted || open.length !== 2 || !open.some(({ status }) => status === noted.status)) return codes;
  return codes.map((code) => {
    const range = open.includes(code) ? (code.status === noted.status ? noted.since : noted.before) : undefined;
    return range ? { ...code, range } : code;
  });
}

interface CodeChange {
  readonly status: number;
  readonly since: MicroversionRange;
  readonly before: MicroversionRange;
}

function changeIn(text: string): CodeChange | undefined {
  const [, status, version = ''] = FORMS.map((form) => form.exec(text)).find((match) => match !== null) ?? [];
  const first = parseMicroversion(version);
  const last = first && previousMicroversion(first);
  if (!first || !last) return undefined;
  const before = { first: { major: first.major, minor: 0 }, last };
  return { status: Number(status), since: { first, last: undefined }, before };
}
