/** The diagnostics of a reference, for a terminal: one line each, then the counts by code. */
import { formatDiagnostic, type Diagnostic, type Severity } from '../../src/diagnostic.ts';
import type { LintCode, LintReport } from '../../src/records/lint.ts';

const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** Diagnostics below the level are only counted. */
export function renderLint({ diagnostics, operations, definitions }: LintReport, level: Severity): string {
  const listed = severities.slice(0, severities.indexOf(level) + 1);
  const shown = diagnostics.filter(({ severity }) => listed.includes(severity));
  const hidden = diagnostics.length - shown.length;
  const lines = shown.map(formatDiagnostic);
  return [
    ...lines,
    ...(lines.length > 0 ? ['', ...counts(diagnostics, listed)] : []),
    `${operations} operations, ${definitions} definitions: ${severities.map((severity) => describeCount(diagnostics, severity)).join(', ')}`,
    ...(hidden > 0 ? [`${hidden} more; pass --level info to list them.`] : []),
    '',
  ].join('\n');
}

export function renderCodes(codes: readonly LintCode[]): string {
  const width = Math.max(...codes.map(({ code }) => code.length));
  return codes.map(({ code, about, sentence }) => `${code.padEnd(width)}  ${about.padEnd(10)}  ${sentence}\n`).join('');
}

function counts(diagnostics: readonly Diagnostic[], listed: readonly Severity[]): readonly string[] {
  return listed.flatMap((severity) => {
    const byCode = new Map<string, number>();
    for (const one of diagnostics) if (one.severity === severity) byCode.set(one.code, (byCode.get(one.code) ?? 0) + 1);
    return [...byCode]
      .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
      .map(([code, count]) => `${String(count).padStart(5)} ${severity} ${code}`);
  });
}

function describeCount(diagnostics: readonly Diagnostic[], severity: Severity): string {
  const count = diagnostics.filter((one) => one.severity === severity).length;
  const word = severity === 'info' ? 'remark' : severity;
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
