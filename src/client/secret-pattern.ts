/**
 * A pattern that finds a secret however a server spells it: as it is, or escaped for a URL, a form, JSON or HTML, or
 * inside something that is written in base64.
 *
 * Letters and digits are spelled alike everywhere; every other character has a few spellings, and each may stand beside
 * any other.
 */

/** Shorter ones would be found in base64 where they are not. */
const shortestInBase64 = 8;

/** The source of a regular expression. */
export function secretPattern(secret: string): string {
  const bytes = new TextEncoder().encode(secret);
  const inBase64 = bytes.length < shortestInBase64 ? [] : [0, 1, 2].map((before) => base64Pattern(bytes, before));
  return [spelled(secret), ...inBase64].join('|');
}

/** As it is written when so many bytes, and any others, stand before and after it: only what all those have in common. */
function base64Pattern(bytes: Uint8Array, before: number): string {
  const padded = new Uint8Array(before + bytes.length);
  padded.set(bytes, before);
  const whole = Buffer.from(padded).toString('base64');
  const common = whole.slice(Math.ceil((before * 8) / 6), Math.floor((padded.length * 8) / 6));
  return [...common].map(base64Letter).join('');
}

/** The alphabet for URLs has other letters for two of them (RFC 4648, 5). */
function base64Letter(letter: string): string {
  if (letter === '+') return `(?:-|${anySpelling(letter)})`;
  return letter === '/' ? `(?:_|${anySpelling(letter)})` : letter;
}

function spelled(secret: string): string {
  return [...secret].map((letter) => (/[A-Za-z0-9]/.test(letter) ? letter : anySpelling(letter))).join('');
}

function anySpelling(letter: string): string {
  // Longer ones first: of the two backslashes that stand for one, the first alone is a spelling too.
  const spellings = [...shortSpellings(letter), numbered(letter), unicode(letter), percent(letter), quoted(letter)];
  return `(?:${spellings.join('|')})`;
}

/** The bytes of its UTF-8, as in `%C3%A4`. */
function percent(letter: string): string {
  return [...new TextEncoder().encode(letter)]
    .map((byte) => `%${anyCase(byte.toString(16).padStart(2, '0'))}`)
    .join('');
}

/** As in `\u00e4`; two of them for what lies beyond 16 bits. */
function unicode(letter: string): string {
  const units = Array.from({ length: letter.length }, (_, index) => letter.charCodeAt(index));
  return units.map((unit) => `\\\\u${anyCase(unit.toString(16).padStart(4, '0'))}`).join('');
}

/** As in `&#228;` and `&#xe4;`. */
function numbered(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  return `&#0*(?:${code}|[xX]0*${anyCase(code.toString(16))});`;
}

const short: Readonly<Record<string, readonly string[]>> = {
  ' ': ['+'],
  '"': ['\\"', '&quot;'],
  "'": ['&apos;'],
  '&': ['&amp;'],
  '<': ['&lt;'],
  '>': ['&gt;'],
  '/': ['\\/'],
  '\\': ['\\\\'],
  '\b': ['\\b'],
  '\f': ['\\f'],
  '\n': ['\\n'],
  '\r': ['\\r'],
  '\t': ['\\t'],
};

function shortSpellings(letter: string): readonly string[] {
  return (short[letter] ?? []).map(quoted);
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
