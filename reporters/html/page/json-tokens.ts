/**
 * JSON indented token by token, as it was sent: no number is rounded, no repeated key is lost.
 */
export interface Token {
  readonly kind: 'space' | 'mark' | 'key' | 'text' | 'word';
  readonly text: string;
}

const pattern = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Deeper levels are not indented further. */
const deepest = 40;

/** Undefined for a text that is not a JSON object or array. */
export function jsonTokens(text: string): readonly Token[] | undefined {
  if (!isContainer(text)) return undefined;
  const raw = text.match(pattern) ?? [];
  const tokens: Token[] = [];
  let depth = 0;
  const newLine = (): void => void tokens.push({ kind: 'space', text: `\n${'  '.repeat(Math.min(depth, deepest))}` });
  raw.forEach((token, index) => {
    const [before, next] = [raw[index - 1] ?? '', raw[index + 1] ?? ''];
    if (/^[}\]]$/.test(token)) {
      depth -= 1;
      if (!/^[{[]$/.test(before)) newLine();
    }
    tokens.push({ kind: kindOf(token, next), text: token });
    if (/^[{[]$/.test(token)) {
      depth += 1;
      if (!/^[}\]]$/.test(next)) newLine();
    } else if (token === ',') newLine();
    else if (token === ':') tokens.push({ kind: 'space', text: ' ' });
  });
  return tokens;
}

function kindOf(token: string, next: string): Token['kind'] {
  if (/^[{}[\],:]$/.test(token)) return 'mark';
  if (token.startsWith('"')) return next === ':' ? 'key' : 'text';
  return 'word';
}

function isContainer(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
