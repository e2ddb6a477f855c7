/**
 * Parses a journal, also one that a kill cut short or a disk damaged: usable lines are used, the others are reported.
 */
import { compareDiagnostics, type Diagnostic } from '../diagnostic.ts';
import { parseJson, type Json } from '../json.ts';
import { verdictKinds } from '../clauses/verdict.ts';
import { parseJournalLine } from '../records/parse-journal-line.ts';
import type { InvalidRecord } from '../records/parser.ts';
import { printable } from './printable.ts';
import type {
  CaseLine,
  InventoryLine,
  ConfirmationLine,
  EarlierLine,
  EndLine,
  JournalLine,
  RunLine,
} from '../records/journal.ts';
import type { Journal } from './journal.ts';

export interface ParsedJournal {
  /** Missing when the run line is missing: then the plan is unknown, and no report can be built. */
  readonly journal?: Journal;
  readonly diagnostics: readonly Diagnostic[];
}

interface NumberedLine {
  readonly number: number;
  readonly text: string;
  /** The last line of a text that does not end with a newline. */
  readonly unfinished: boolean;
}

type Read =
  | { readonly is: 'line'; readonly line: JournalLine; readonly number: number }
  | { readonly is: 'cut'; readonly number: number }
  /** `invalid`: what is wrong with a line that is JSON. */
  | { readonly is: 'damaged'; readonly number: number; readonly invalid?: InvalidRecord };

export function parseJournal(text: string, file = 'journal.ndjson'): ParsedJournal {
  const reads = linesOf(text).map(readLine);
  const placed = placeLines(reads.flatMap((read) => (read.is === 'line' ? [read] : [])));
  const at = (number: number) => ({ file, line: number, column: 1 });
  const damage: readonly Diagnostic[] = reads.flatMap((read) => {
    if (read.is === 'line') return [];
    return [read.is === 'cut' ? cutLine(at(read.number)) : damagedLine(at(read.number), read.invalid)];
  });
  const misplaced = placed.misplaced.map((line): Diagnostic => ({ ...line, at: at(line.at) }));
  const missing = placed.header ? [] : [noRunLine(at(1))];
  const diagnostics = [...damage, ...misplaced, ...missing].sort(compareDiagnostics);
  if (!placed.header) return { diagnostics };
  const lostLines = diagnostics.filter(({ severity }) => severity === 'error').length;
  const { header, earlier, results, confirmations, inventories, footer } = placed;
  return {
    journal: {
      header,
      ...(earlier.length > 0 && { earlier }),
      results,
      ...(confirmations.length > 0 && { confirmations }),
      ...(inventories.length > 0 && { inventories }),
      ...(footer && { footer }),
      lostLines,
    },
    diagnostics,
  };
}

function linesOf(text: string): readonly NumberedLine[] {
  const parts = text.split('\n');
  return parts
    .map((part, index) => ({ number: index + 1, text: part, unfinished: index === parts.length - 1 }))
    .filter((line) => line.text.trim() !== '');
}

function readLine({ number, text, unfinished }: NumberedLine): Read {
  const value: Json | undefined = parseJson(text);
  if (value === undefined) return unfinished ? { is: 'cut', number } : { is: 'damaged', number };
  const parsed = parseJournalLine(value);
  return parsed.is === 'valid'
    ? { is: 'line', line: parsed.value, number }
    : { is: 'damaged', number, invalid: parsed };
}

type Misplaced = Omit<Diagnostic, 'at'> & { readonly at: number };

interface Placed {
  readonly header?: RunLine;
  readonly earlier: readonly EarlierLine[];
  readonly results: readonly CaseLine[];
  readonly confirmations: readonly ConfirmationLine[];
  readonly inventories: readonly InventoryLine[];
  readonly footer?: EndLine;
  readonly misplaced: readonly Misplaced[];
}

/** Sorts the lines by kind. Of two lines for one case the worse counts, of two run or end lines the first. */
function placeLines(lines: readonly Extract<Read, { is: 'line' }>[]): Placed {
  let header: RunLine | undefined;
  let footer: EndLine | undefined;
  const earlier: EarlierLine[] = [];
  const results = new Map<string, CaseLine>();
  const confirmations: ConfirmationLine[] = [];
  const inventories: InventoryLine[] = [];
  const misplaced: Misplaced[] = [];
  for (const { line, number } of lines) {
    if (line.line === 'case') {
      const earlier = results.get(line.id);
      if (earlier) misplaced.push(repeatedCase(line.id, number));
      results.set(line.id, earlier ? worse(earlier, line) : line);
    } else if (line.line === 'confirmation') {
      if (!results.has(line.id)) misplaced.push(strayConfirmation(line.id, number));
      else confirmations.push(line);
    } else if (line.line === 'earlier') {
      earlier.push(line);
    } else if (line.line === 'inventory') {
      inventories.push(line);
    } else if (line.line === 'run') {
      if (header) misplaced.push(repeatedLine('run', number));
      header ??= line;
    } else {
      if (footer) misplaced.push(repeatedLine('end', number));
      footer ??= line;
    }
  }
  const unplanned = header ? unplannedCases(header, lines) : [];
  const planned = new Set(header?.cases.map(({ id }) => id));
  return {
    ...(header && { header }),
    earlier: earlier.filter(({ id }) => planned.has(id)),
    results: [...results.values()].filter(({ id }) => planned.has(id)),
    confirmations: confirmations.filter(({ id }) => planned.has(id)),
    inventories,
    ...(footer && { footer }),
    misplaced: [...misplaced, ...unplanned],
  };
}

function worse(a: CaseLine, b: CaseLine): CaseLine {
  return verdictKinds.indexOf(b.verdict.is) < verdictKinds.indexOf(a.verdict.is) ? b : a;
}

function unplannedCases(header: RunLine, lines: readonly Extract<Read, { is: 'line' }>[]): readonly Misplaced[] {
  const planned = new Set(header.cases.map(({ id }) => id));
  return lines.flatMap(({ line, number }) =>
    'verdict' in line && !planned.has(line.id) ? [unplannedCase(line.id, number)] : [],
  );
}

function cutLine(at: Diagnostic['at']): Diagnostic {
  return {
    severity: 'warning',
    code: 'cut-line',
    at,
    message: 'the last line of the journal is cut short',
    expected: 'a complete line; the run was killed while it wrote, so the case counts as not attempted',
  };
}

function damagedLine(at: Diagnostic['at'], invalid: InvalidRecord | undefined): Diagnostic {
  const place = invalid && invalid.pointer !== '' ? `at ${printable(invalid.pointer)}` : 'as a whole';
  return {
    severity: 'error',
    code: 'damaged-line',
    at,
    message: invalid ? `the journal line is invalid ${place}` : 'the journal line is not JSON',
    expected: invalid
      ? invalid.expected
      : 'a JSON object with "line" run, earlier, case, confirmation, inventory or end',
  };
}

function noRunLine(at: Diagnostic['at']): Diagnostic {
  return {
    severity: 'error',
    code: 'no-run-line',
    at,
    message: 'the journal has no run line, so the plan is unknown',
    expected: 'a complete run line at the start; without it no report can be built, so run again',
  };
}

function repeatedLine(kind: 'run' | 'end', at: number): Misplaced {
  return {
    severity: 'error',
    code: 'repeated-line',
    at,
    message: `the journal has a second ${kind} line`,
    expected: `one ${kind} line; the first counts`,
  };
}

function repeatedCase(id: string, at: number): Misplaced {
  return {
    severity: 'error',
    code: 'repeated-case',
    at,
    message: `the journal has a second result for ${id}`,
    expected: 'one result per case; the worse counts',
  };
}

function strayConfirmation(id: string, at: number): Misplaced {
  return {
    severity: 'error',
    code: 'stray-confirmation',
    at,
    message: `the journal has a further attempt of ${id} before the first attempt`,
    expected: 'the line of the case, then those of its further attempts',
  };
}

function unplannedCase(id: string, at: number): Misplaced {
  return {
    severity: 'error',
    code: 'unplanned-case',
    at,
    message: `the result is for ${id}, which the run line does not plan`,
    expected: 'the id of a planned case',
  };
}
