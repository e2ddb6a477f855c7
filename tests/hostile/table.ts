/** `targets/results/simulator/hostile.md`: what a run comes to against each hostile target, by the last time each was met. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Misbehaviour } from './misbehaviour.ts';
import type { HostileRun } from './run-against.ts';

const file = join(import.meta.dirname, '../../targets/results/simulator/hostile.md');

const head = `# Runs against hostile and broken targets

Each line is a run of two clauses or a few more on the attach of a volume, at one microversion and with a twentieth of the
usual patience, against the embedded cloud behind a server that misbehaves in one way. Every run has to end by itself, in
verdicts or with exit code 3 and one sentence, in less than 600 MB, without a leak of markup, of orders to terminals or CI
runners, or of a stack trace; \`tests/hostile/\` holds what each has to come to. \`npm run hostile\` makes the table again,
\`HOSTILE=id,id npm run hostile\` some of its lines. Memory is the peak of the run's process, in steps of 10 MB; seconds
are those of two busy cores.

| target | what it does | verdict | exit code | MB | s |
|---|---|---|--:|--:|--:|
`;

/** Lines of targets that were not met stay as they are; those of targets that are no more go. */
export function writeTable(all: readonly Misbehaviour[], discovered: ReadonlyMap<Misbehaviour, HostileRun>): void {
  const before = existsSync(file) ? linesById(readFileSync(file, 'utf8')) : new Map<string, string>();
  const lines = all.flatMap((row) => {
    const run = discovered.get(row);
    const line = run ? lineOf(row, run) : before.get(row.id);
    return line === undefined ? [] : [`${line}\n`];
  });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, head + lines.join(''));
}

function linesById(text: string): ReadonlyMap<string, string> {
  return new Map(Array.from(text.matchAll(/^\| `([^`]+)` \|.*$/gm), ([line, id = '']) => [id, line]));
}

function lineOf({ id, does }: Misbehaviour, { report, code, peakMegabytes = 0, seconds }: HostileRun): string {
  const cells = [
    `\`${id}\``,
    does,
    report?.verdict ?? 'nothing was run',
    String(code),
    String(Math.ceil(peakMegabytes / 10) * 10),
    String(Math.round(seconds)),
  ];
  return `| ${cells.join(' | ')} |`;
}
