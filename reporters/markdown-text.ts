/** Text as Markdown: text from a target becomes code, and markup characters in our own sentences are escaped. */
import { printable } from '../src/report/printable.ts';

/** A code block with a fence longer than any run of backticks inside. */
export function block(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text}\n${fence}`;
}

/** At most `limit` characters. */
export function code(text: string, limit?: number): string {
  const flat = printable(text, limit);
  const fence = '`'.repeat(longestRun(flat) + 1);
  return flat.includes('`') ? `${fence} ${flat} ${fence}` : `${fence}${flat}${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}

/** Our own sentences, with markup characters escaped. */
export function prose(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~@]/g, '\\$&');
}
