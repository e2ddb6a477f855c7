/** Text as Markdown: what comes from a target stands in code, and our own sentences are no markup. */
import { printable } from '../src/report/printable.ts';

/** A code block whose fence is longer than any run of backticks inside. */
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

/** Our own sentences; characters that would be markup are escaped all the same. */
export function prose(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~@]/g, '\\$&');
}
