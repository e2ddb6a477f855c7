/**
 * Positioned messages about input files: what is wrong, where, what was expected and how to fix it.
 *
 * Readers collect them and carry on; nobody throws one.
 */

/** A place in an input file; line and column count from 1, the file is relative to the folder that was read. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `error`: something was lost or cannot be used; `warning`: read, but not as written; `info`: worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** One message about one place. `code` is stable, words joined by hyphens, such as `undefined-parameter`. */
export interface Diagnostic {
  readonly severity: Severity;
  readonly code: string;
  readonly at: Position;
  /** What is wrong, one sentence without a full stop. */
  readonly message: string;
  /** What would have been right there, or how to fix it. */
  readonly expected: string;
}

/** Where a reader puts what it finds. */
export type Report = (diagnostic: Diagnostic) => void;

/** One line for a terminal or a log: `file:line:column: severity code: message; expected …`. */
export function formatDiagnostic({ severity, code, at, message, expected }: Diagnostic): string {
  return `${at.file}:${at.line}:${at.column}: ${severity} ${code}: ${message}; expected ${expected}`;
}

/** A piece of an input file as a message quotes it: in double quotes, on one line, cut when long. */
export function quoted(text: string): string {
  return `"${excerpt(text)}"`;
}

/** The same without the quotes, for names. */
export function excerpt(text: string): string {
  const start = text.slice(0, 4 * LONGEST_QUOTE);
  const line = start.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
}

const LONGEST_QUOTE = 60;

/** By file, then line, then column: the order in which a person works through them. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return compareText(a.at.file, b.at.file) || a.at.line - b.at.line || a.at.column - b.at.column;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
