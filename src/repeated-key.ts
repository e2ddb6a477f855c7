/** A key that stands twice in one object of a JSON text: which of the two holds, every reader decides for itself. */

/** The first such key; undefined when there is none. `text` is known to be JSON. */
export function repeatedKey(text: string): string | undefined {
  /** The keys of the objects that are open, the innermost last; a list, and what is empty so far, has none. */
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case letters.brace:
      case letters.bracket:
        open.push(undefined);
        break;
      case letters.endOfBrace:
      case letters.endOfBracket:
        open.pop();
        break;
      case letters.quote: {
        const end = endOfString(text, at);
        if (isKey(text, end)) {
          const key = keyAt(text, at, end);
          const keys = (open[open.length - 1] ??= new Set());
          if (keys.has(key)) return key;
          keys.add(key);
        }
        at = end;
      }
    }
  }
  return undefined;
}

/** Codes of the letters that the form of a JSON text hangs on; anything else would cost a text for each letter. */
export const letters = {
  quote: 0x22,
  colon: 0x3a,
  bracket: 0x5b,
  backslash: 0x5c,
  endOfBracket: 0x5d,
  brace: 0x7b,
  endOfBrace: 0x7d,
} as const;

/** Where the string that begins at `start` has its closing quote; the length of the text when it has none. */
export function endOfString(text: string, start: number): number {
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === letters.backslash) backslashes += 1;
    if (backslashes % 2 === 0) return quote;
    from = quote + 1;
  }
}

/** Decoded: "\u0061" is "a". */
function keyAt(text: string, start: number, end: number): string {
  const key = text.slice(start + 1, end);
  return key.includes('\\') ? (JSON.parse(`"${key}"`) as string) : key;
}

/** Is a colon the next letter that is no blank? */
function isKey(text: string, end: number): boolean {
  let next = end + 1;
  while (isBlank(text.charCodeAt(next))) next += 1;
  return text.charCodeAt(next) === letters.colon;
}

/** RFC 8259, 2. */
function isBlank(letter: number): boolean {
  return letter === 0x20 || letter === 0x0a || letter === 0x0d || letter === 0x09;
}
