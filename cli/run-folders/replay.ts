/** `replay`: repeats one case of an earlier run, and shows both results. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderReplay } from '../../reporters/replay.ts';
import { jsonObject, jsonText, parseJson } from '../../src/json.ts';
import { partOf } from '../../src/report/parts/part-of.ts';
import type { RunLine } from '../../src/records/journal.ts';
import { exitCode } from '../../src/report/run-verdict.ts';
import { UsageError, exitCodes } from '../errors.ts';
import { openRunFolder, type RunFolder } from '../run/run-folder.ts';
import type { RunKind } from '../run/run-kind.ts';
import { samePlanned, type EarlierRun } from './earlier-run.ts';
import { terminalStyle } from '../terminal-style.ts';

/** @throws UsageError when that run has no such case */
export function replayKind(earlier: EarlierRun, id: string, json: boolean): RunKind {
  const before = earlier.report.cases.find((one) => one.id === id);
  if (!before)
    throw new UsageError(
      `${earlier.from} has no case ${id}. Pass a clause with its microversion${suggestion(earlier, id)}.`,
    );
  return {
    choose: ({ line, planned, scopeOf }) => {
      if (!hasContractOf(id, earlier, line)) {
        throw new UsageError(
          `${earlier.from} was tested against another contract, in which ${id} may differ. Pass the --reference of that run.`,
        );
      }
      const again = samePlanned(earlier, before, line);
      const now = planned.find((one) => one.clause === again.clause);
      const one = now?.decided ? { ...again, decided: now.decided } : again;
      const current = line.cases.find(({ clause }) => clause === again.clause);
      const { clause, operation, microversion } = before;
      const identities = current?.identities ?? before.identities;
      const planLine = {
        id,
        clause,
        operation,
        microversion,
        identities,
        ...(current?.verdict && { verdict: current.verdict }),
      };
      const whole = { ...line, cases: [planLine] };
      const part = partOf(whole, new Set([id]));
      return { planned: [one], line: { ...part, scope: scopeOf(part) } };
    },
    report: (folder) => printBoth(earlier, id, folder, json),
  };
}

/** Whether both runs test the service of a case against the same contract. */
function hasContractOf(id: string, { report }: EarlierRun, line: RunLine): boolean {
  const [before, now] = [report, line].map(({ contracts }) => {
    const operation = id.split('#')[0]?.split('/') ?? [];
    return contracts.find(({ service }) => service === operation.at(-2))?.digest;
  });
  return before === now;
}

/** Returns the exit code: 0 if the case passes or does not apply, 1 if it fails, 2 if it is not decided. */
function printBoth(earlier: EarlierRun, id: string, folder: RunFolder, json: boolean): number {
  const after = folder.read();
  const before = openRunFolder(earlier.from).read();
  if (json) {
    const [was, is] = [before, after].map(({ report }) => report.cases.find((one) => one.id === id));
    process.stdout.write(`${JSON.stringify({ before: was, after: is }, undefined, 2)}\n`);
  } else {
    process.stdout.write(renderReplay(before, after, id, terminalStyle()));
  }
  process.stderr.write(`Run folder: ${folder.path}\n`);
  const kind = after.report.cases.find((one) => one.id === id)?.verdict.is;
  if (after.report.leaks.length > 0 || after.report.run.ended !== 'completed') return exitCodes.partial;
  if (kind === 'pass' || kind === 'warn' || kind === 'waived' || kind === 'not-applicable') return exitCodes.conformant;
  return kind === 'fail' ? exitCode({ verdict: 'non-conformant' }) : exitCodes.partial;
}

function suggestion({ report }: EarlierRun, id: string): string {
  const clause = id.split('@')[0];
  const known = report.clauses.find((one) => one.id === clause)?.cases;
  return known && known.length > 0
    ? `: the run has ${known.join(', ')}`
    : ', such as compute/attach-volume#keeps-the-tag@2.104';
}

/** The run under `runs/` that started last. @throws UsageError when there is none */
export function latestRun(): string {
  const folders = existsSync('runs') ? readdirSync('runs').map((name) => join('runs', name)) : [];
  const started = folders.flatMap((folder) => {
    const at = startOf(folder);
    return at === undefined ? [] : [{ folder, at }];
  });
  const [latest] = started.sort((a, b) => (a.at > b.at ? -1 : 1));
  if (latest) return latest.folder;
  throw new UsageError('There is no run under runs/. Pass one by --run FOLDER.');
}

function startOf(folder: string): string | undefined {
  const file = join(folder, 'journal.ndjson');
  if (!existsSync(file)) return undefined;
  const first = jsonObject(parseJson(readFileSync(file, 'utf8').split('\n')[0] ?? ''));
  return jsonText(jsonObject(first.run).startedAt);
}
