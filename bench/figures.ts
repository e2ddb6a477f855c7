/** The figures of a measured command, and their budgets. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunReport } from '../src/records/report.ts';
import { BenchError } from './errors.ts';
import type { Usage } from './measure.ts';

export interface Measured extends Usage {
  /** The run folder that the command wrote or worked on. */
  readonly run: string;
}

export type Budget = { readonly atMost: number } | { readonly atLeast: number };

export interface Reading {
  /** One or two words, the same in all entries: growth compares readings by name. */
  readonly name: string;
  readonly unit: string;
  /** @throws BenchError */
  readonly read: (measured: Measured) => number;
  readonly budget?: Budget;
}

const megabyte = 1e6;

export const time = (budget?: Budget): Reading => reading('time', 's', ({ wallMs }) => wallMs / 1000, budget);
export const cpu: Reading = reading('CPU', 's', ({ cpuMs }) => cpuMs / 1000);
export const memory = (budget?: Budget): Reading =>
  reading('memory', 'MB', ({ peakBytes }) => peakBytes / megabyte, budget);

export const cases: Reading = reading('cases', '', ({ run }) => triedIn(reportIn(run)));
export const exchanges: Reading = reading('exchanges', '', ({ run }) => exchangesIn(reportIn(run)));
export const cpuPerExchange = (budget: Budget): Reading =>
  reading('CPU per exchange', 'ms', ({ cpuMs, run }) => cpuMs / exchangesIn(reportIn(run)), budget);

/** Time without requests in progress. Milliseconds per case are seconds per thousand cases. */
export const ownTime = (budget: Budget): Reading =>
  reading('own time per 1,000 cases', 's', ({ wallMs, run }) => restPerCase(wallMs, reportIn(run)), budget);

export const busyShare = (budget: Budget): Reading =>
  reading('target busy', '%', ({ run }) => share(reportIn(run)), budget);
export const targetTime: Reading = reading('target time', 's', ({ run }) => reportIn(run).cost.targetBusyMs / 1000);

export const sizeOf = (name: string): Reading =>
  reading(`size of ${name}`, 'MB', ({ run }) => statSync(join(run, name)).size / megabyte);

export const plannedCases: Reading = reading('cases', '', ({ output }) => count(output, 'cases', (plan) => plan.cases));

/** The calls of an OpenAPI document. */
export const calls: Reading = reading('calls', '', ({ output }) =>
  count(output, 'calls', ({ paths }) => Object.values(paths ?? {}).flatMap((path) => Object.keys(path).filter(isCall))),
);

function reading(name: string, unit: string, read: Reading['read'], budget?: Budget): Reading {
  return { name, unit, read, ...(budget && { budget }) };
}

function reportIn(run: string): RunReport {
  const file = join(run, 'report.json');
  if (!existsSync(file)) throw new BenchError(`The run did not write ${file}.`);
  const report = JSON.parse(readFileSync(file, 'utf8')) as RunReport;
  if (report.run.ended === 'completed') return report;
  throw new BenchError(`The run in ${run} did not complete: ${report.run.ended}.`);
}

const untried: ReadonlySet<string> = new Set(['not-attempted', 'not-applicable']);

function triedIn({ cases: all }: RunReport): number {
  return positive('case', all.filter(({ verdict }) => !untried.has(verdict.is)).length);
}

function exchangesIn({ cost }: RunReport): number {
  return positive('exchange', cost.exchanges);
}

function restPerCase(wallMs: number, report: RunReport): number {
  return (wallMs - report.cost.targetBusyMs) / triedIn(report);
}

function share({ cost, run }: RunReport): number {
  return (100 * cost.targetBusyMs) / positive('millisecond', run.durationMs);
}

interface Output {
  readonly cases?: readonly string[];
  readonly paths?: Readonly<Record<string, object>>;
}

function count(output: string, of: string, list: (read: Output) => readonly string[] | undefined): number {
  return positive(of, list(JSON.parse(output) as Output)?.length ?? 0);
}

const methods: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace']);

function isCall(key: string): boolean {
  return methods.has(key);
}

function positive(of: string, number: number): number {
  if (number > 0) return number;
  throw new BenchError(`The command had no ${of}, so the figure cannot be calculated.`);
}
