/** A run from its options to its exit code. */
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { renderTerminal } from '../../reporters/terminal.ts';
import { namesOperation } from '../../src/conformance/selection.ts';
import { printableJson } from '../../src/report/printable.ts';
import { exitCode } from '../../src/report/run-verdict.ts';
import { wordLowered } from '../../src/report/word-limits.ts';
import { openAccount, type OpenAccount } from '../clauses/open-account.ts';
import { loadSuites } from '../suite/load-suites.ts';
import { toBeMade } from '../dynamic/to-be-made.ts';
import { withMadeIdentities, type Cast } from '../dynamic/with-made-identities.ts';
import { withUntested } from '../clauses/with-untested.ts';
import { chooseReporters } from './choose-reporters.ts';
import { createDebugLog } from './debug-log.ts';
import { meetTarget } from './meet-target.ts';
import { openTarget, type OpenTarget } from './open-target.ts';
import { openWaivers } from './open-waivers.ts';
import { perform } from './perform.ts';
import { planRun } from './plan-run.ts';
import { refuseExisting, writeProposal } from './write-proposal.ts';
import { createRunFolder, type RunFolder } from './run-folder.ts';
import { sealFolder } from './seal-folder.ts';
import { wholePlan, type RunKind } from './run-kind.ts';
import type { RunOptions } from './run-options.ts';
import { settingsFor } from './settings-for.ts';
import { cleanupCommand, tokenCommand, type Access } from './cleanup-command.ts';
import { showLife } from './sign-of-life.ts';
import { wordWriteFailure } from './word-write-failure.ts';
import { createWriteGuard } from './write-guard.ts';
import { exitCodes } from '../errors.ts';
import { terminalStyle } from '../terminal-style.ts';

/** Returns the exit code. @throws UsageError and the errors of meeting a target: nothing was created then. */
export async function conductRun(
  options: RunOptions,
  command: readonly string[],
  kind: RunKind = wholePlan,
): Promise<number> {
  const chosen = await chooseReporters(options.reporters);
  const startedAt = Date.now();
  const runName = `osc-${randomBytes(3).toString('hex')}`;
  const account = openAccount(
    options.reference,
    (id) => namesOperation(options.selection, id),
    await loadSuites(options.suites),
  );
  const clauses = withUntested(account);
  const waivers = openWaivers(options.waivers, clauses);
  refuseExisting(options.writeWaivers);
  const debug = options.debug ? createDebugLog() : undefined;
  const writes = createWriteGuard();
  const act = async (opened: OpenTarget, cast?: Cast): Promise<number> => {
    const met = await meetTarget(opened, {
      fixtures: options.fixtures,
      capabilities: { ...opened.capabilities, ...options.capabilities },
      patience: options.patience,
      requestsPerSecond: options.requestsPerSecond,
      wantsQuotas: true,
      ...(debug ? { trace: debug.trace } : {}),
    });
    const { release } = opened;
    const plan = planRun({ runName, startedAt, command, options, account, clauses, waivers, met, release });
    const { limits } = plan;
    for (const sentence of wordLowered(plan.limitFacts)) process.stderr.write(`${sentence}\n`);
    const part = kind.choose(plan);
    cast?.interrupts.signal.throwIfAborted();
    const folder = cast?.folder ?? newFolder();
    const contractFiles = begin(folder, cast === undefined, () => {
      const kept = keepContract(account, folder);
      folder.append(part.line);
      part.prepare?.(folder);
      return kept;
    });
    const debugFile = join(folder.path, 'debug.log');
    debug?.writeTo(debugFile, writes.failed);
    const { ledgerFile } = folder;
    const files = { contractFiles, ledgerFile, ...(debug ? { debugFile } : {}) };
    const settings = settingsFor({ runName, met, planned: part.planned, options, limits, files });
    const { concurrency, deadlineMs } = options;
    const endLife = showLife(folder.path, writes.failed);
    try {
      await perform({
        folder,
        settings,
        concurrency,
        startedAt,
        met,
        access: options,
        writes,
        deadlineMs,
        before: part.leaks ?? [],
        ...(cast && { cast }),
      });
    } finally {
      endLife();
    }
    for (const reporter of chosen) writes.attempt(() => folder.write(reporter.render(folder.read())));
    const compared = writes.attempt(() => kind.compare?.(folder));
    const incomplete = writes.failure() === undefined ? undefined : exitCodes.partial;
    const code = kind.tell?.(folder) ?? tell(folder, options, incomplete ?? compared?.code);
    if (compared) process.stdout.write(compared.text);
    writes.attempt(() => writeProposal(options.writeWaivers, folder.read()));
    // A manifest speaks for a whole folder.
    if (writes.failure() === undefined) writes.attempt(() => sealFolder(folder.path, folder.read().report));
    tellKept(folder, options);
    const failure = writes.failure();
    if (failure === undefined) return code;
    process.stderr.write(wordWriteFailure(failure, folder, options));
    return exitCodes.partial;
  };
  const newFolder = (): RunFolder => createRunFolder(options.output ?? join('runs', runName));
  const opened = await openTarget(options);
  try {
    if (toBeMade(opened.credentials, options).length === 0) return await act(opened);
    const play = { runName, folder: newFolder(), opened, options, writes };
    return await withMadeIdentities(play, (cast) => act(cast.opened, cast));
  } finally {
    await opened.close();
  }
}

/** The committed files, or one in the run folder for a contract of another reference. */
function keepContract({ contractFiles, contractText }: OpenAccount, folder: RunFolder): readonly string[] {
  if (contractFiles) return contractFiles;
  folder.write([{ path: 'contract.json', text: contractText }]);
  return [resolve(folder.path, 'contract.json')];
}

/** A run that cannot be written from its first line on has done nothing: what it wrote is taken away again. @throws WriteError */
function begin<T>(folder: RunFolder, isAlone: boolean, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (isAlone) folder.discard();
    throw error;
  }
}

/** How to repeat a request of a failure, and how to end with it. */
function tellKept(folder: RunFolder, access: Access): void {
  const { kept = [] } = folder.read().report;
  if (kept.length === 0) return;
  const cases = new Set(kept.map((thing) => thing.case)).size;
  process.stderr.write(
    [
      `Kept ${kept.length} resources of ${cases} failed ${cases === 1 ? 'case' : 'cases'}.`,
      `The curl lines need a token: export OS_TOKEN=$(${tokenCommand(access)})`,
      `To remove what was kept: ${cleanupCommand(folder.path, access)}`,
      '',
    ].join('\n'),
  );
}

/** `gate`: the exit code where something else than the verdict sets it. Returns the one that is printed. */
function tell(folder: RunFolder, options: RunOptions, gate: number | undefined): number {
  const written = folder.read();
  const code = gate ?? exitCode(written.report);
  if (options.json) process.stdout.write(`${printableJson(JSON.stringify(written.report))}\n`);
  else process.stdout.write(renderTerminal(written, { ...terminalStyle(), exitCode: code }));
  process.stderr.write(`Run folder: ${folder.path}\n`);
  return code;
}
