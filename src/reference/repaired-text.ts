/**
 * What is wrong with a file as a text, whatever it contains: byte order marks, carriage returns, bytes that are not
 * UTF-8, and the marks of a merge that nobody finished. Lines keep their numbers.
 */
import type { Report, Severity } from '../diagnostic.ts';

const CONFLICT = /^(?:<{7}|>{7}|\|{7})(?:\s.*)?$/;
const DIVIDER = /^={7}\s*$/;

/** The text without its mark and without conflict lines; both versions of a conflict are kept. */
export function repairedText(text: string, file: string, report: Report): string {
  const flaw = flawReporter(file, report);
  const unmarked = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (unmarked !== text) flaw('warning', 'byte-order-mark', 0, 0, 'the file begins with a byte order mark', 'none');
  const hasReturns = text.includes('\r\n') && !file.endsWith('.json');
  const hasConflict = text.includes('<<<<<<<') || text.includes('>>>>>>>');
  const hasBrokenBytes = text.includes('\uFFFD');
  if (!hasReturns && !hasConflict && !hasBrokenBytes) return unmarked;
  const lines = unmarked.split('\n');
  const returned = hasReturns ? lines.findIndex((line) => line.endsWith('\r')) : -1;
  const column = (lines[returned]?.length ?? 1) - 1;
  if (returned >= 0)
    flaw('warning', 'carriage-return', returned, column, 'lines end with a carriage return', 'line feeds');
  const broken = hasBrokenBytes ? lines.findIndex((line) => line.includes('\uFFFD')) : -1;
  const offset = lines[broken]?.indexOf('\uFFFD') ?? 0;
  if (broken >= 0) flaw('warning', 'not-utf-8', broken, offset, 'a byte here is not UTF-8', 'a text in UTF-8');
  return hasConflict ? withoutConflicts(lines, flaw) : unmarked;
}

type Flaw = (severity: Severity, code: string, line: number, offset: number, message: string, expected: string) => void;

/** Lines and offsets count from 0 here, as they do in arrays. */
function flawReporter(file: string, report: Report): Flaw {
  return (severity, code, line, offset, message, expected) => {
    report({ severity, code, at: { file, line: line + 1, column: offset + 1 }, message, expected });
  };
}

function withoutConflicts(lines: readonly string[], flaw: Flaw): string {
  let open = false;
  return lines
    .map((line, index) => {
      const marks = CONFLICT.test(line);
      if (marks) {
        const begins = line.startsWith('<');
        const message = 'a merge was not finished here; both versions are read';
        if (begins || !open) flaw('error', 'conflict-marker', index, 0, message, 'one of the two versions');
        open = !line.startsWith('>');
      }
      return marks || (open && DIVIDER.test(line)) ? '' : line;
    })
    .join('\n');
}
