/**
 * A pattern that finds a secret in every encoding: plain, escaped for a URL, a form, JSON or HTML, or inside of base64.
 *
 * Letters and digits are never escaped; every other character has several spellings, in any combination.
 */

/** Shorter secrets would match other base64 text by chance. */
const shortestInBase64 = 8;

/** The source of a regular expression. */
export function secretPattern(secret: string): string {
  const bytes = new TextEncoder().encode(secret);
  const inBase64 = bytes.length < shortestInBase64 ? [] : [0, 1, 2].map((before) => base64Pattern(bytes, before));
  return [spelled(secret), ...inBase64].join('|');
}

/** The base64 of the secret after `before` other bytes, without the characters that depend on its neighbours. */
function base64Pattern(bytes: Uint8Array, before: number): string {
  const padded = new Uint8Array(before + bytes.length);
  padded.set(bytes, before);
  const whole = Buffer.from(padded).toString('base64');
  const common = whole.slice(Math.ceil((before * 8) / 6), Math.floor((padded.length * 8) / 6));
  return [...common].map(base64Letter).join('');
}

/** The URL-safe alphabet has other characters for two of them (RFC 4648, 5). */
function base64Letter(letter: string): string {
  if (letter === '+') return `(?:-|${anySpelling(letter)})`;
  return letter === '/' ? `(?:_|${anySpelling(letter)})` : letter;
}

function spelled(secret: string): string {
  return [...secret].map((letter) => (/[A-Za-z0-9]/.test(letter) ? letter : anySpelling(letter))).join('');
}

function anySpelling(letter: string): string {
  // Longer ones first: the first of two backslashes is a spelling as well.
  const spellings = [...shortSpellings(letter), numbered(letter), unicode(letter), percent(letter), quoted(letter)];
  return `(?:${spellings.join('|')})`;
}

/** The bytes of its UTF-8, as in `%C3%A4`. */
function percent(letter: string): string {
  return [...new TextEncoder().encode(letter)]
    .map((byte) => `%${anyCase(byte.toString(16).padStart(2, '0'))}`)
    .join('');
}

/** As in `\u00e4`; two of them for characters beyond 16 bits. */
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
