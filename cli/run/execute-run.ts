/** Executes a run from its options to its exit code. */
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { renderTerminal } from '../../reporters/terminal.ts';
import { printableJson } from '../../src/report/printable.ts';
import { exitCode } from '../../src/report/run-verdict.ts';
import { describeLowered } from '../../src/report/describe-limits.ts';
import { kindsOfSuites, resourceKinds } from '../../suites/resources.ts';
import type { OpenClauses } from '../clauses/open-clauses.ts';
import { toBeMade } from '../dynamic/to-be-made.ts';
import { withMadeIdentities, type ProvisionedIdentities } from '../dynamic/with-made-identities.ts';
import { withUntested } from '../clauses/with-untested.ts';
import { chooseReporters } from './choose-reporters.ts';
import { createDebugLog } from './debug-log.ts';
import { connectAndDiscover } from './connect-and-discover.ts';
import { openSelection } from './open-selection.ts';
import { openTarget, type OpenTarget } from './open-target.ts';
import { openWaivers } from './open-waivers.ts';
import { execute } from './run-suites.ts';
import { planRun } from './plan-run.ts';
import { refuseExisting, writeProposal } from './write-proposal.ts';
import { contractPath, createRunFolder, type RunFolder } from './run-folder.ts';
import { sealFolder } from './seal-folder.ts';
import { wholePlan, type RunKind } from './run-kind.ts';
import type { RunOptions } from './run-options.ts';
import { settingsFor } from './settings-for.ts';
import { cleanupCommand, tokenCommand } from './cleanup-command.ts';
import type { Access } from './client-accesses.ts';
import { startHeartbeat } from './heartbeat.ts';
import { describeWriteFailure } from './describe-write-failure.ts';
import { createWriteGuard } from './write-guard.ts';
import { exitCodes } from '../errors.ts';
import { terminalStyle } from '../terminal-style.ts';

/** Returns the exit code. @throws UsageError and the errors of connecting to a target; nothing was created then */
export async function executeRun(
  options: RunOptions,
  command: readonly string[],
  kind: RunKind = wholePlan,
): Promise<number> {
  const chosen = await chooseReporters(options.reporters);
  const startedAt = Date.now();
  const runName = `osc-${randomBytes(3).toString('hex')}`;
  const openClauses = await openSelection(options);
  const clauses = withUntested(openClauses);
  const waivers = openWaivers(options.waivers, clauses);
  refuseExisting(options.writeWaivers);
  const debug = options.debug ? createDebugLog() : undefined;
  const writes = createWriteGuard();
  const runOn = async (opened: OpenTarget, provisioned?: ProvisionedIdentities): Promise<number> => {
    const discovered = await connectAndDiscover(opened, {
      contracts: openClauses.ledger.contracts,
      fixtures: options.fixtures,
      capabilities: { ...opened.capabilities, ...options.capabilities },
      timeoutFactor: options.timeoutFactor,
      requestsPerSecond: options.requestsPerSecond,
      quotasOf: [...resourceKinds, ...kindsOfSuites(openClauses.suites)],
      ...(debug ? { trace: debug.trace } : {}),
    });
    const { release } = opened;
    const plan = planRun({ runName, startedAt, command, options, openClauses, clauses, waivers, discovered, release });
    const { limits } = plan;
    for (const sentence of describeLowered(plan.limitFacts)) process.stderr.write(`${sentence}\n`);
    const part = kind.choose(plan);
    provisioned?.interrupts.signal.throwIfAborted();
    const folder = provisioned?.folder ?? newFolder();
    const contractFiles = writeFirstLines(folder, provisioned === undefined, () => {
      const written = writeContracts(openClauses, folder);
      folder.append(part.line);
      part.prepare?.(folder);
      return written;
    });
    const debugFile = join(folder.path, 'debug.log');
    debug?.writeTo(debugFile, writes.failed);
    const { ledgerFile } = folder;
    const files = { contractFiles, ledgerFile, ...(debug ? { debugFile } : {}) };
    const settings = settingsFor({ runName, discovered, planned: part.planned, options, limits, files });
    const { concurrency, deadlineMs } = options;
    const stopHeartbeat = startHeartbeat(folder.path, writes.failed);
    try {
      await execute({
        folder,
        settings,
        concurrency,
        startedAt,
        discovered,
        access: options,
        writes,
        deadlineMs,
        before: part.leaks ?? [],
        ...(provisioned && { provisioned }),
      });
    } finally {
      stopHeartbeat();
    }
    for (const reporter of chosen) writes.attempt(() => folder.write(reporter.render(folder.read())));
    const compared = writes.attempt(() => kind.compare?.(folder));
    const incomplete = writes.failure() === undefined ? undefined : exitCodes.partial;
    const code = kind.report?.(folder) ?? printReport(folder, options, incomplete ?? compared?.code);
    if (compared) process.stdout.write(compared.text);
    writes.attempt(() => writeProposal(options.writeWaivers, folder.read()));
    // A manifest is only written for a complete folder.
    if (writes.failure() === undefined) writes.attempt(() => sealFolder(folder.path, folder.read().report));
    reportKept(folder, options);
    const failure = writes.failure();
    if (failure === undefined) return code;
    process.stderr.write(describeWriteFailure(failure, folder, options));
    return exitCodes.partial;
  };
  const newFolder = (): RunFolder => createRunFolder(options.output ?? join('runs', runName));
  const opened = await openTarget(options);
  try {
    if (toBeMade(opened.credentials, options).length === 0) return await runOn(opened);
    const settings = { runName, folder: newFolder(), opened, options, writes };
    return await withMadeIdentities(settings, (provisioned) => runOn(provisioned.opened, provisioned));
  } finally {
    await opened.close();
  }
}

/** Per service the committed contract files, or one in the run folder for a contract without files. */
function writeContracts({ chosen }: OpenClauses, folder: RunFolder): readonly (readonly string[])[] {
  return chosen.map(({ contract, files, text }) => {
    if (files) return files;
    const path = contractPath(contract.service);
    folder.write([{ path, text }]);
    return [resolve(folder.path, path)];
  });
}

/** If the first lines cannot be written, nothing was done: what the run wrote is removed again. @throws WriteError */
function writeFirstLines<T>(folder: RunFolder, isAlone: boolean, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (isAlone) folder.discard();
    throw error;
  }
}

/** Explains how to repeat the requests of failures, and how to remove what was kept. */
function reportKept(folder: RunFolder, access: Access): void {
  const { kept = [] } = folder.read().report;
  if (kept.length === 0) return;
  const cases = new Set(kept.map((resource) => resource.case)).size;
  process.stderr.write(
    [
      `Kept ${kept.length} resources of ${cases} failed ${cases === 1 ? 'case' : 'cases'}.`,
      `The curl lines need a token: export OS_TOKEN=$(${tokenCommand(access)})`,
      `To remove what was kept: ${cleanupCommand(folder.path, access)}`,
      '',
    ].join('\n'),
  );
}

/** `gate`: the exit code, if something other than the verdict sets it. Returns the exit code that is printed. */
function printReport(folder: RunFolder, options: RunOptions, gate: number | undefined): number {
  const written = folder.read();
  const code = gate ?? exitCode(written.report);
  if (options.json) process.stdout.write(`${printableJson(JSON.stringify(written.report))}\n`);
  else process.stdout.write(renderTerminal(written, { ...terminalStyle(), exitCode: code }));
  process.stderr.write(`Run folder: ${folder.path}\n`);
  return code;
}
