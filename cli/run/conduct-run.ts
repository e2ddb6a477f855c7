/** A run from its options to its exit code. */
import { randomBytes, createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { createProgress, type Progress } from '../../reporters/progress.ts';
import type { BridgeEvents } from '../../reporters/vitest-bridge.ts';
import { renderTerminal } from '../../reporters/terminal.ts';
import { planCases } from '../../src/conformance/plan-cases.ts';
import { emptyScript } from '../../src/conformance/script.ts';
import type { CaseResult } from '../../src/conformance/run-case.ts';
import type { RunSettings } from '../../src/conformance/run-settings.ts';
import type { RunEnding } from '../../src/conformance/run-ending.ts';
import { printableJson } from '../../src/report/printable.ts';
import { exitCode } from '../../src/report/run-verdict.ts';
import type { CaseReport, Leak, Reporter, RunRecord } from '../../src/report/record.ts';
import { openAccount, type OpenAccount } from '../clauses/open-account.ts';
import { withUntested } from '../clauses/with-untested.ts';
import { UsageError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import { chooseReporters } from './choose-reporters.ts';
import { cleanupCommand } from './cleanup-command.ts';
import { createDebugLog } from './debug-log.ts';
import { execute } from './execute.ts';
import { heedInterrupts } from './interrupts.ts';
import { meetTarget, type Met } from './meet-target.ts';
import { openTarget } from './open-target.ts';
import { openWaivers, waiversFor } from './open-waivers.ts';
import { refuseExisting, writeProposal } from './write-proposal.ts';
import { runLine } from './run-line.ts';
import { createRunFolder, type RunFolder } from './run-folder.ts';
import { sealFolder } from './seal-folder.ts';
import { wholePlan, type RunKind } from './run-kind.ts';
import type { RunOptions } from './run-options.ts';
import { settingsFor } from './settings-for.ts';
import { showLife } from './sign-of-life.ts';
import { wantsColour } from './wants-colour.ts';

/** Returns the exit code. @throws UsageError and the errors of meeting a target: nothing was created then. */
export async function conductRun(
  options: RunOptions,
  command: readonly string[],
  kind: RunKind = wholePlan,
): Promise<number> {
  const chosen = chooseReporters(options.reporters);
  const startedAt = Date.now();
  const runName = `osc-${randomBytes(3).toString('hex')}`;
  const account = openAccount(options.reference);
  const { contract, untested } = account.ledger;
  const clauses = withUntested(account);
  const listed = openWaivers(options.waivers, clauses);
  refuseExisting(options.writeWaivers);
  const debug = options.debug ? createDebugLog() : undefined;
  const opened = await openTarget(options);
  try {
    const met = await meetTarget(opened, {
      fixtures: options.fixtures,
      capabilities: { ...opened.capabilities, ...options.capabilities },
      patience: options.patience,
      ...(debug ? { trace: debug.trace } : {}),
    });
    const planned = planCases(clauses, contract, met.target, options.selection);
    if (planned.length === 0) throw new UsageError('No clause fits --include, --exclude, --level and --microversions.');
    const waivers = waiversFor(listed, clauses, contract, met.target, options.selection);
    const digest = createHash('sha256').update(account.contractText).digest('hex');
    const { release } = opened;
    const line = runLine({
      runName,
      startedAt,
      command,
      met,
      release,
      contract,
      digest,
      clauses,
      planned,
      waivers,
      untested,
    });
    const part = kind.choose({ line, planned });
    const folder = createRunFolder(options.output ?? join('runs', runName));
    const contractFile = keepContract(account, folder);
    folder.append(part.line);
    part.prepare?.(folder);
    const debugFile = join(folder.path, 'debug.log');
    debug?.writeTo(debugFile);
    const { ledgerFile } = folder;
    const files = { contractFile, ledgerFile, ...(debug ? { debugFile } : {}) };
    const settings = settingsFor({ runName, met, planned: part.planned, options, files });
    const { concurrency, clouds } = options;
    const endLife = showLife(folder.path);
    try {
      await perform({ folder, settings, concurrency, startedAt, met, clouds, before: part.leaks ?? [] });
    } finally {
      endLife();
    }
    const code = write(folder, chosen, kind.tell ?? ((told) => tell(told, options)));
    const ended = kind.afterwards?.(folder, code) ?? code;
    sealFolder(folder.path, folder.read().report);
    return ended;
  } finally {
    await opened.close();
  }
}

/** The committed file, or one in the run folder for a contract of another reference. */
function keepContract({ isOther, contractText }: OpenAccount, folder: RunFolder): string {
  if (!isOther) return join(packageRoot, 'schemas/compute/contract.json');
  folder.write([{ path: 'contract.json', text: contractText }]);
  return resolve(folder.path, 'contract.json');
}

interface Performance {
  readonly folder: RunFolder;
  readonly settings: RunSettings;
  readonly concurrency: number;
  readonly startedAt: number;
  readonly met: Met;
  readonly clouds: RunOptions['clouds'];
  /** Left behind before this run. */
  readonly before: readonly Leak[];
}

/** Lets the suites run and writes down what comes. */
async function perform({ folder, settings, concurrency, startedAt, met, clouds, before }: Performance): Promise<void> {
  const progress = createProgress({
    output: process.stderr,
    colours: wantsColour(process.stderr.isTTY),
    now: () => performance.now(),
  });
  const cpu = process.cpuUsage();
  // Where every case is settled beforehand, there is nothing for the suites to do.
  let ending = settings.cases.length === 0 ? nothingTried : undefined;
  progress.start(settings.cases.length);
  const ticking = setInterval(() => progress.tick(), 1_000);
  const interrupts = heedInterrupts({
    first: () =>
      note(
        progress,
        'Interrupted: no case is begun any more; what was made is removed. Once more ends the run at once.',
      ),
    second: () =>
      process.stderr.write(`Ended at once. What it left is removed by: ${cleanupCommand(folder.path, clouds)}\n`),
  });
  const told = new Set<string>();
  // A run that is told to stop tells some of its results twice.
  const tellOnce = (result: CaseResult): void => {
    if (told.has(result.id)) return;
    told.add(result.id);
    progress.caseDone(record(folder, result));
  };
  const events: BridgeEvents = {
    caseDone: tellOnce,
    caseLost: (id, reason) => {
      if (!interrupts.signal.aborted) tellOnce(lostCase(id, reason));
    },
    ended: (told) => (ending = told),
    broke: (reason) => progress.note(`The suites broke: ${reason}`),
  };
  if (!ending) await execute({ settings, concurrency, events, interrupts });
  interrupts.release();
  // Stopped or broken before the suites had begun: there is nothing to clean up.
  if (folder.ledgerIsEmpty()) ending ??= nothingTried;
  clearInterval(ticking);
  progress.finish();
  for (const trouble of ending?.troubles ?? []) note(progress, trouble);
  if (!ending) return;
  const used = process.cpuUsage(cpu);
  folder.append({
    line: 'end',
    ended: interrupts.signal.aborted ? 'interrupted' : 'completed',
    finishedAt: new Date().toISOString(),
    durationMs: Date.now() - startedAt,
    leaks: [...before, ...ending.leaks],
    cost: {
      exchanges: ending.totals.exchanges + met.totals.exchanges,
      targetMs: ending.totals.targetMs + met.totals.targetMs,
      targetBusyMs: ending.totals.targetBusyMs + met.totals.targetBusyMs,
      ownCpuMs: Math.round((used.user + used.system) / 1000),
      created: ending.created,
    },
  });
}

const nothingTried: RunEnding = {
  leaks: [],
  troubles: [],
  totals: { exchanges: 0, targetMs: 0, targetBusyMs: 0 },
  created: {},
};

function note(progress: Progress, text: string): void {
  progress.note(text);
}

function record(folder: RunFolder, result: CaseResult): CaseReport {
  const evidence = folder.keepEvidence(result);
  const { id, verdict, durationMs, exchanges } = result;
  const line = {
    id,
    verdict,
    durationMs,
    exchanges: exchanges.length,
    ...(evidence === undefined ? {} : { evidence }),
  };
  folder.append({ line: 'case', ...line, finishedAt: new Date().toISOString() });
  const [clause = '', microversion = ''] = id.split('@');
  const operation = clause.split('#')[0] as CaseReport['operation'];
  return { ...line, clause, operation, microversion, identities: [] };
}

function lostCase(id: string, reason: string): CaseResult {
  return {
    id: id as CaseResult['id'],
    verdict: { is: 'error', reason },
    durationMs: 0,
    exchanges: [],
    script: emptyScript,
  };
}

function write(folder: RunFolder, chosen: readonly Reporter[], tellIt: (folder: RunFolder) => number): number {
  const record: RunRecord = folder.read();
  for (const reporter of chosen) folder.write(reporter.render(record));
  return tellIt(folder);
}

function tell(folder: RunFolder, options: RunOptions): number {
  const written = folder.read();
  writeProposal(options.writeWaivers, written);
  if (options.json) process.stdout.write(`${printableJson(JSON.stringify(written.report))}\n`);
  else {
    const colours = wantsColour(process.stdout.isTTY);
    process.stdout.write(renderTerminal(written, { width: process.stdout.columns || 100, colours }));
  }
  process.stderr.write(`Run folder: ${folder.path}\n`);
  return exitCode(written.report);
}
