/** The diagnostics of a reference as SARIF 2.1.0, for code-scanning views; files are relative to the tree. */
import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Diagnostic, Severity } from '../../src/diagnostic.ts';
import type { LintCode, LintReport } from '../../src/records/lint.ts';
import { uriOf } from '../sarif/uri.ts';

export interface LintTool {
  readonly name: string;
  readonly version: string;
  readonly codes: readonly LintCode[];
}

const levels: Readonly<Record<Severity, Result['level'] & string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

export function renderLintSarif({ diagnostics }: LintReport, { name, version, codes }: LintTool): string {
  const indexOf = new Map(codes.map(({ code }, index) => [code, index]));
  const log: Log = {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: { driver: { name, version, semanticVersion: version, rules: codes.map(descriptor) } },
        originalUriBaseIds: { TREE: { description: { text: 'The folder of the linted reference.' } } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic) => result(diagnostic, indexOf)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 1)}\n`;
}

function descriptor({ code, about, sentence }: LintCode): ReportingDescriptor {
  return { id: code, shortDescription: { text: sentence }, properties: { about } };
}

function result({ code, severity, message, expected, at }: Diagnostic, indexOf: ReadonlyMap<string, number>): Result {
  const index = indexOf.get(code);
  return {
    ruleId: code,
    ...(index !== undefined && { ruleIndex: index }),
    level: levels[severity],
    message: { text: `${message}; expected ${expected}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(at.file), uriBaseId: 'TREE' },
          region: { startLine: at.line, startColumn: at.column },
        },
      },
    ],
  };
}
