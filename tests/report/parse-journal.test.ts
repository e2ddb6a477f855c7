import { describe, expect, it } from 'vitest';
import { buildReport } from '../../src/report/build-report.ts';
import { formatJournalLine } from '../../src/report/journal.ts';
import type { CaseLine, JournalLine } from '../../src/records/journal.ts';
import { parseJournal } from '../../src/report/parse-journal.ts';
import { caseLines, inventoryLines, endLine, runLine } from '../reporters/fixed-record.ts';
import { errorsIn, publishedSchema } from '../records/published-schema.ts';

const lines: readonly JournalLine[] = [runLine, ...caseLines, ...inventoryLines, endLine];
const text = lines.map(formatJournalLine).join('');
const headerBytes = Buffer.byteLength(formatJournalLine(runLine)) - 1;

const firstLine: CaseLine = {
  line: 'case',
  id: 'compute/list-volume-attachments#answers-200@2.1',
  verdict: { is: 'pass' },
  finishedAt: '2026-03-01T10:00:01.000Z',
  durationMs: 1,
  exchanges: 1,
};

function codes(journalText: string): readonly string[] {
  return parseJournal(journalText).diagnostics.map(({ at, severity, code }) => `${at.line} ${severity} ${code}`);
}

function journalOf(journalText: string) {
  const { journal } = parseJournal(journalText);
  if (!journal) throw new Error('the journal has no run line');
  return journal;
}

describe('a journal', () => {
  it('is read back as it was written', () => {
    const { journal, diagnostics } = parseJournal(text);
    expect(diagnostics).toEqual([]);
    expect(journal?.header).toEqual(runLine);
    expect(journal?.results.map(({ id }) => id)).toEqual(caseLines.map(({ id }) => id));
    expect(journal?.inventories).toEqual(inventoryLines);
    expect(journal?.footer).toEqual(endLine);
  });

  it('has lines that match its schema', () => {
    const validate = publishedSchema('journal-line');
    for (const line of lines) expect(errorsIn(validate, JSON.parse(formatJournalLine(line)))).toEqual([]);
  });

  it('gives a valid partial report wherever a kill cuts it', () => {
    const short = caseLines.filter(({ id }) => id.includes('#answers') || id.includes('#no-body'));
    const kept = new Set(short.map(({ id }) => id.split('@')[0]));
    const cases = runLine.cases.filter(({ clause }) => kept.has(clause));
    const header = { ...runLine, clauses: runLine.clauses.filter(({ id }) => kept.has(id)), cases };
    const start = Buffer.byteLength(formatJournalLine(header)) - 1;
    const whole = Buffer.from([header, ...short, endLine].map(formatJournalLine).join(''));
    const validate = publishedSchema('report');
    const results = new Set<number>();
    for (let cut = start; cut < whole.length - 1; cut += 1) {
      const { journal, diagnostics } = parseJournal(whole.subarray(0, cut).toString());
      if (!journal) throw new Error(`nothing can be read when cut at ${cut}`);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      if (results.has(journal.results.length)) continue;
      results.add(journal.results.length);
      const report = buildReport(journal);
      validate(report);
      expect(validate.errors).toBeNull();
      expect(report.verdict).not.toBe('conformant');
      expect(report.run.ended).toBe('crashed');
      expect(report.cases).toHaveLength(cases.length);
      const lost = report.cases.filter(({ verdict }) => verdict.is === 'not-attempted').map(({ id }) => id);
      const written = new Set(journal.results.map(({ id }) => id));
      for (const { id } of short) if (!written.has(id)) expect(lost).toContain(id);
    }
    expect(results.size).toBe(short.length + 1);
  });

  it.each([0, 1, 100, headerBytes - 1])('cannot be used without its run line: cut at byte %i', (cut) => {
    const parsed = parseJournal(text.slice(0, cut));
    expect(parsed.journal).toBeUndefined();
    expect(parsed.diagnostics.map(({ code }) => code)).toContain('no-run-line');
  });

  it('survives damage to any line, and the damage makes the run partial', () => {
    const passing = caseLines.filter(({ verdict }) => verdict.is === 'pass');
    const broken = [
      formatJournalLine(runLine),
      ...passing.map(formatJournalLine),
      '{"line":"case","id":"compute/x#y@2.1","verdict":{"is":"fine"}}\n',
      'not JSON\n',
      '[1]\n',
      formatJournalLine(endLine),
    ].join('');
    const at = passing.length + 2;
    expect(codes(broken)).toEqual([
      `${at} error damaged-line`,
      `${at + 1} error damaged-line`,
      `${at + 2} error damaged-line`,
    ]);
    const journal = journalOf(broken);
    expect(journal.lostLines).toBe(3);
    expect(buildReport(journal).reasons).toContain(
      '3 lines of the journal could not be used, so results may be missing.',
    );
  });

  it('says where a line is invalid and what is expected there', () => {
    const wrong = [
      { ...firstLine, verdict: { is: 'fine' } },
      { ...firstLine, verdict: { is: 'fail', findings: [] } },
      { ...firstLine, verdict: { is: 'not-applicable' } },
      { ...firstLine, exchanges: -1 },
      { ...firstLine, finishedAt: 'yesterday' },
      { line: 'act' },
      { ...endLine, ended: 'early' },
    ];
    const { diagnostics } = parseJournal([runLine, ...wrong].map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(diagnostics.map(({ at, message, expected }) => `${at.line}: ${message}: ${expected}`))
      .toMatchInlineSnapshot(`
      [
        "2: the journal line is invalid at /verdict/is: a known value of "is"",
        "3: the journal line is invalid at /verdict/findings: a list with at least 1 entries",
        "4: the journal line is invalid at /verdict: a member "reason"",
        "5: the journal line is invalid at /exchanges: a whole number of at least 0",
        "6: the journal line is invalid at /finishedAt: a string in the format date-time",
        "7: the journal line is invalid at /line: one of run, earlier, case, confirmation, inventory, end",
        "8: the journal line is invalid at /ended: one of "completed", "interrupted", "deadline", "lost-target", "write-error", "crashed"",
      ]
    `);
  });

  it('ignores members that a later release adds', () => {
    const later = { ...firstLine, later: 1, verdict: { is: 'pass', later: [2] } };
    expect(codes(`${formatJournalLine(runLine)}${JSON.stringify(later)}\n`)).toEqual([]);
  });

  it('distinguishes a truncated last line from a damaged one', () => {
    expect(codes(text.slice(0, -20))).toEqual([`${lines.length} warning cut-line`]);
    expect(codes(`${text}{"line":"case"}`)).toEqual([`${lines.length + 1} error damaged-line`]);
  });

  it('counts the worse of two results for one case', () => {
    const passed = firstLine;
    const failed: CaseLine = {
      ...passed,
      verdict: { is: 'fail', findings: [{ kind: 'status', exchange: 'x1', expected: [200], seen: 500 }] },
    };
    for (const order of [
      [passed, failed],
      [failed, passed],
    ]) {
      const twice = [runLine, ...order, endLine].map(formatJournalLine).join('');
      expect(codes(twice)).toEqual(['3 error repeated-case']);
      expect(journalOf(twice).results.map(({ verdict }) => verdict.is)).toEqual(['fail']);
    }
  });

  it('refuses results that were not planned, and second run and end lines', () => {
    const stranger = { ...firstLine, id: 'compute/list-volume-attachments#other@2.1' };
    expect(codes([runLine, stranger, runLine, endLine, endLine].map(formatJournalLine).join(''))).toEqual([
      '2 error unplanned-case',
      '3 error repeated-line',
      '5 error repeated-line',
    ]);
  });

  it('writes a value that is nested deeper than a serializer can follow', () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    const verdict = {
      is: 'fail',
      findings: [{ kind: 'value', exchange: 'x1', pointer: '', expected: 1, seen: deep }],
    } as unknown as CaseLine['verdict'];
    const line = formatJournalLine({ ...firstLine, verdict });
    expect(line.length).toBeLessThan(1000);
    expect(journalOf(formatJournalLine(runLine) + line).results).toHaveLength(1);
  });
});
