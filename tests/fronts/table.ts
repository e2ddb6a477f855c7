/** `targets/results/simulator/fronts.md`: the results of complete runs on ordinary clouds, by the last run on each. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../cli/package-root.ts';
import type { Counts } from '../../src/records/report.ts';
import { rows } from './rows.ts';
import type { Outcome } from './whole-run.ts';

const file = join(packageRoot, 'targets/results/simulator/fronts.md');

const columns = [
  'pass',
  'warn',
  'fail',
  'unstable',
  'inconclusive',
  'error',
  'not-applicable',
  'not-attempted',
] as const satisfies readonly (keyof Counts)[];

const head = `# Complete runs on ordinary clouds

Each line is a run of all clauses on volume attachments, with all identities, against the simulator in a separate process.
A proxy in front of the simulator behaves as the line describes. No case may fail, and \`verify\` must accept each run
folder with exit code 0. \`npm run fronts\` writes the table again, \`npm run fronts -- --only ID\` one of its lines.
Seconds are measured on two busy cores.

| id | what the cloud does | cases | ${columns.join(' | ')} | exit code | verify | s |
|---|---|--:|${columns.map(() => '--:|').join('')}--:|--:|--:|
`;

/** Keeps the lines of clouds that were not run. */
export function writeTable(outcomes: readonly Outcome[]): void {
  const before = existsSync(file) ? linesById(readFileSync(file, 'utf8')) : new Map<string, string>();
  const now = new Map(outcomes.map((outcome) => [outcome.row.id, lineOf(outcome)]));
  const lines = rows.flatMap(({ id }) => now.get(id) ?? before.get(id) ?? []);
  writeFileSync(file, head + lines.map((line) => `${line}\n`).join(''));
}

function linesById(text: string): ReadonlyMap<string, string> {
  return new Map(Array.from(text.matchAll(/^\| `([^`]+)` \|.*$/gm), ([line, id = '']) => [id, line]));
}

export function lineOf({ row, report, code, verified, seconds }: Outcome): string {
  const counts = report?.counts.cases;
  const cells = [
    `\`${row.id}\``,
    row.does,
    String(report?.cases.length ?? 0),
    ...columns.map((column) => String(counts?.[column] ?? 0)),
    ...[code, verified, seconds].map(String),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The reasons why cases failed or were not decided, the most frequent first. */
export function undecided({ report }: Outcome): readonly string[] {
  const texts = (report?.cases ?? []).flatMap(({ id, verdict }) => {
    if (verdict.is === 'inconclusive') return [`inconclusive: ${verdict.cause}`];
    if (verdict.is === 'error') return [`error: ${verdict.reason}`];
    if (verdict.is === 'unstable' || verdict.is === 'fail') {
      return [`${verdict.is}: ${id}: ${JSON.stringify(verdict.findings[0]).slice(0, 200)}`];
    }
    return [];
  });
  const times = new Map<string, number>();
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
  return [...times].sort(([, a], [, b]) => b - a).map(([text, count]) => `${count}x ${text}`);
}
