/**
 * Escapes text from a target so that it is safe to print: it cannot move the cursor, hide text, change the reading
 * direction, or send a command to the CI runner that reads the output.
 *
 * Invisible characters are written as escapes (`\n`, `\x1b`, `\u202e`); text that is too long is truncated and its rest
 * counted.
 */

/**
 * Controls, invisible formatting, surrogates without a partner, private characters, line separators, non-characters.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu;

/** `::error::` of GitHub, `##[group]` and `##vso[…]` of Azure and GitHub, `[[ATTACHMENT|…]]` of GitLab. */
const runnerCommand = /:(?=:[a-z-]+(?: .*?)?::)|#(?=#\[|#vso\[)|\[(?=\[ATTACHMENT)/gi;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** At most `limit` characters of the text on one line, safe for a terminal. */
export function printable(text: string, limit = 200): string {
  const kept = clip(text, limit);
  const rest = text.length - kept.length;
  const shown = kept.replace(unprintable, escapeCharacter).replace(runnerCommand, escapeCharacter);
  return rest === 0 ? shown : `${shown}… (${rest} more ${rest === 1 ? 'character' : 'characters'})`;
}

/** The whole text with its line breaks and tabs; other invisible characters are escaped. */
export function visible(text: string): string {
  return text.replace(unprintable, (character) => (/[\n\t]/.test(character) ? character : escapeCharacter(character)));
}

/** JSON text with the characters that `printable` escapes written as `\uXXXX`: same value, no runner commands. */
export function printableJson(json: string): string {
  return json.replace(unprintable, escapeUnits).replace(runnerCommand, escapeUnits);
}

function escapeUnits(text: string): string {
  return Array.from({ length: text.length }, (_, index) => {
    const unit = text.charCodeAt(index);
    return unit === 0x0a || unit === 0x0d || unit === 0x09 ? text : `\\u${unit.toString(16).padStart(4, '0')}`;
  }).join('');
}

/** Whether `printable` would leave the text unchanged. */
export function isPrintable(text: string): boolean {
  return text.search(unprintable) === -1;
}

/** Cuts between characters, never inside a surrogate pair. */
function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}

function escapeCharacter(character: string): string {
  const known = named[character];
  if (known !== undefined) return known;
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}
