/**
 * Makes text from a target harmless to show: nothing in it moves a cursor, hides, turns the reading direction, or
 * gives an order to the CI runner that reads our output.
 *
 * What cannot be seen is written as an escape (`\n`, `\x1b`, `\u202e`); what is too long is cut and counted.
 */

/** Controls, invisible formatting, surrogates without a partner, private characters, line separators, non-characters. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu;

/** `::error::` of GitHub, `##[group]` and `##vso[…]` of Azure and GitHub, `[[ATTACHMENT|…]]` of GitLab. */
const runnerOrder = /:(?=:[a-z-]+(?: .*?)?::)|#(?=#\[|#vso\[)|\[(?=\[ATTACHMENT)/gi;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** At most `limit` characters of the text on one line, safe for a terminal. */
export function printable(text: string, limit = 200): string {
  const kept = clip(text, limit);
  const rest = text.length - kept.length;
  const shown = kept.replace(unprintable, escapeCharacter).replace(runnerOrder, escapeCharacter);
  return rest === 0 ? shown : `${shown}… (${rest} more ${rest === 1 ? 'character' : 'characters'})`;
}

/** The whole text with its line breaks and tabs, and what cannot be seen as escapes. */
export function visible(text: string): string {
  return text.replace(unprintable, (character) => (/[\n\t]/.test(character) ? character : escapeCharacter(character)));
}

/** A JSON text in which no string can hold orders either: what `printable` escapes stands as `\uXXXX`, the same value. */
export function printableJson(json: string): string {
  return json.replace(unprintable, escapeUnits).replace(runnerOrder, escapeUnits);
}

function escapeUnits(text: string): string {
  return Array.from({ length: text.length }, (_, index) => {
    const unit = text.charCodeAt(index);
    return unit === 0x0a || unit === 0x0d || unit === 0x09 ? text : `\\u${unit.toString(16).padStart(4, '0')}`;
  }).join('');
}

/** True when `printable` would leave the text as it is. */
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
