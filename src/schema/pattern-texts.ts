/**
 * Texts at the edge of a regular expression: those that only just match it, and those that only just do not.
 *
 * Each part of the expression is varied alone: a class by the ends of its ranges and what stands next to them, a
 * repetition by its least and its greatest count and one beyond, a literal by another character or none.
 */

export interface EdgeTexts {
  readonly inside: readonly string[];
  readonly outside: readonly string[];
}

/** Empty lists for an expression with parts that are not understood here, such as a look-ahead. */
export function edgeTexts(pattern: string): EdgeTexts {
  const root = parse(pattern);
  if (!root) return { inside: [], outside: [] };
  const expression = new RegExp(pattern, 'u');
  const texts = [0, 1].flatMap((repeats) => {
    const { text, near } = vary(root, repeats);
    return [`x${text}`, `${text}x`, ` ${text}`, `${text} `, text, ...near];
  });
  const distinct = [...new Set(texts)];
  return {
    inside: distinct.filter((text) => expression.test(text)),
    outside: distinct.filter((text) => !expression.test(text)),
  };
}

type Range = readonly [from: number, to: number];

type Node =
  | { readonly is: 'sequence' | 'choice'; readonly parts: readonly Node[] }
  | { readonly is: 'class'; readonly ranges: readonly Range[]; readonly negated: boolean }
  | { readonly is: 'repeat'; readonly part: Node; readonly least: number; readonly most: number }
  | { readonly is: 'literal'; readonly text: string };

/** One text of a node, and others in which one thing is different, matching or not. */
interface Variation {
  readonly text: string;
  readonly near: readonly string[];
}

/** More repetitions than this are never made. */
const mostRepeats = 300;

/** `repeats`: how often a part stands that may be left out. */
function vary(node: Node, repeats: number): Variation {
  switch (node.is) {
    case 'literal':
      return { text: node.text, near: nearLiteral(node.text) };
    case 'class':
      return varyClass(node);
    case 'choice': {
      const options = node.parts.map((part) => vary(part, repeats));
      return { text: options[0]?.text ?? '', near: options.flatMap(({ text, near }) => [text, ...near]) };
    }
    case 'sequence': {
      const parts = node.parts.map((part) => vary(part, repeats));
      const around = (index: number, text: string): string =>
        parts.map((part, at) => (at === index ? text : part.text)).join('');
      return { text: around(-1, ''), near: parts.flatMap(({ near }, at) => near.map((text) => around(at, text))) };
    }
    case 'repeat': {
      const { least, most } = node;
      const { text, near } = vary(node.part, repeats);
      const usual = Math.min(Math.max(least, repeats), most);
      const counts = [least - 1, least, least + 1, most, most + 1].filter((n) => n >= 0 && n <= mostRepeats);
      const before = text.repeat(Math.max(usual - 1, 0));
      return {
        text: text.repeat(usual),
        near: [...counts.map((n) => text.repeat(n)), ...near.map((one) => before + one)],
      };
    }
  }
}

function varyClass({ ranges, negated }: Extract<Node, { is: 'class' }>): Variation {
  const ends = ranges.flatMap(([from, to]) => [from, to, from - 1, to + 1]);
  const texts = ends.filter(isPrintable).map((code) => String.fromCodePoint(code));
  const usual = ['a', 'b', '0', 'A', ...texts].find((text) => isIn(ranges, text.codePointAt(0) ?? 0) !== negated);
  return { text: usual ?? '', near: [...new Set([...texts, otherCase(usual ?? '')])] };
}

function isIn(ranges: readonly Range[], code: number): boolean {
  return ranges.some(([from, to]) => code >= from && code <= to);
}

/** No line breaks: languages differ in whether an end of the text stands before the last of them. */
function isPrintable(code: number): boolean {
  return code >= 0x20 && code < 0x7f;
}

function nearLiteral(text: string): readonly string[] {
  const last = text.codePointAt(text.length - 1) ?? 0x20;
  return [text.slice(1), text.slice(0, -1), otherCase(text), text.slice(0, -1) + String.fromCodePoint(last + 1)];
}

/** A mark, such as a dot, is varied alone: a part that stands for any character looks like one. */
function isWord(text: string): boolean {
  return /^[A-Za-z0-9/_-]+$/.test(text);
}

function otherCase(text: string): string {
  return text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase();
}

const named: Readonly<Record<string, readonly Range[]>> = {
  d: [[0x30, 0x39]],
  w: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x5f, 0x5f],
    [0x61, 0x7a],
  ],
  s: [[0x20, 0x20]],
};

/** Undefined when a part is not understood. */
function parse(pattern: string): Node | undefined {
  let at = 0;
  const peek = (): string => pattern[at] ?? '';
  const taken = (text: string): boolean => {
    if (!pattern.startsWith(text, at)) return false;
    at += text.length;
    return true;
  };

  function choice(): Node | undefined {
    const parts: Node[] = [];
    do {
      const part = sequence();
      if (!part) return undefined;
      parts.push(part);
    } while (taken('|'));
    return { is: 'choice', parts };
  }

  function sequence(): Node | undefined {
    const parts: Node[] = [];
    while (at < pattern.length && peek() !== '|' && peek() !== ')') {
      if (taken('^') || taken('$')) continue;
      const part = atom();
      const repeated = part && repeat(part);
      if (!repeated) return undefined;
      const before = parts.at(-1);
      if (before?.is === 'literal' && repeated.is === 'literal' && isWord(before.text + repeated.text)) {
        parts[parts.length - 1] = { is: 'literal', text: before.text + repeated.text };
      } else parts.push(repeated);
    }
    return { is: 'sequence', parts };
  }

  function atom(): Node | undefined {
    if (taken('(')) {
      if (peek() === '?' && !taken('?:')) return undefined;
      const inner = choice();
      return taken(')') ? inner : undefined;
    }
    if (taken('[')) return characterClass();
    if (taken('.')) return { is: 'class', ranges: [[0x20, 0x7e]], negated: false };
    const literal = character();
    if (literal === undefined) return undefined;
    return typeof literal === 'string' ? { is: 'literal', text: literal } : { is: 'class', ...literal };
  }

  function characterClass(): Node | undefined {
    const negated = taken('^');
    const ranges: Range[] = [];
    while (!taken(']')) {
      const from = character();
      if (from === undefined || (typeof from !== 'string' && from.negated)) return undefined;
      if (typeof from !== 'string') {
        ranges.push(...from.ranges);
        continue;
      }
      const isRange = peek() === '-' && pattern[at + 1] !== ']' && taken('-');
      const to = isRange ? character() : from;
      if (typeof to !== 'string') return undefined;
      ranges.push([from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0]);
    }
    return { is: 'class', ranges, negated };
  }

  /** A character, or the class that an escape names. */
  function character(): string | { readonly ranges: readonly Range[]; readonly negated: boolean } | undefined {
    if (at >= pattern.length) return undefined;
    const escaped = taken('\\');
    const text = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
    at += text.length;
    if (!escaped) return '*+?{}'.includes(text) ? undefined : text;
    const ranges = named[text.toLowerCase()];
    if (ranges) return { ranges, negated: text !== text.toLowerCase() };
    return /[A-Za-z0-9]/.test(text) ? undefined : text;
  }

  function repeat(part: Node): Node | undefined {
    const found = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})/.exec(pattern.slice(at));
    if (!found) return peek() === '{' ? undefined : part;
    at += found[0].length;
    taken('?');
    const [, sign, least = '0', comma, most] = found;
    if (sign !== undefined) {
      return { is: 'repeat', part, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity };
    }
    const end = comma === undefined ? Number(least) : most === '' || most === undefined ? Infinity : Number(most);
    return { is: 'repeat', part, least: Number(least), most: end };
  }

  const root = choice();
  return at === pattern.length ? root : undefined;
}
