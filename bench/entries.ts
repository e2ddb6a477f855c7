/** The measured commands, their figures and budgets. */
import {
  busyShare,
  calls,
  cases,
  cpu,
  cpuPerExchange,
  exchanges,
  memory,
  ownTime,
  plannedCases,
  sizeOf,
  targetTime,
  time,
  type Reading,
} from './figures.ts';

export interface CommandContext {
  /** The run folder to write, or to work on. */
  readonly run: string;
  /** A reference tree of Nova. */
  readonly reference: string;
  /** The options that select the real cloud, and further options of the run. */
  readonly cloud: readonly string[];
}

export interface Entry {
  readonly name: string;
  /** A description. */
  readonly about: string;
  readonly args: (context: CommandContext) => readonly string[];
  /** Left out without it; `simulator`: the embedded cloud in a separate process, which is not measured. */
  readonly needs?: 'reference' | 'cloud' | 'simulator';
  /** The entry whose run folder it works on. */
  readonly worksOn?: string;
  /** Takes minutes; measured only when selected. */
  readonly isLong?: true;
  /** Missing: 0. */
  readonly exitCodes?: readonly number[];
  readonly readings: readonly Reading[];
}

const basic = [time(), cpu, memory()];
/** About 2,000 cases at every microversion. */
const slice = ['run', '--include', 'compute/show-volume-attachment', '--microversions', '2.1-2.42'];
const openapi = ['schemas', '--openapi', '2.89'];
const ownCost = [cpuPerExchange({ atMost: 2 }), ownTime({ atMost: 5 })];
const wholeReference = [time({ atMost: 1.5 }), cpu, memory({ atMost: 250 })];
const page = [...basic, cases, sizeOf('report.html')];

export const entries: readonly Entry[] = [
  { name: 'version', about: 'start-up', args: () => ['--version'], readings: basic },
  { name: 'help', about: 'help of a verb', args: () => ['run', '--help'], readings: basic },
  { name: 'doctor', about: 'examine the embedded cloud', args: () => ['doctor'], readings: basic },
  { name: 'plan', about: 'plan all clauses', args: () => ['plan', '--json'], readings: [...basic, plannedCases] },
  {
    name: 'plan-sweep',
    about: 'the same at every microversion',
    args: () => ['plan', '--json', '--sweep'],
    readings: [...basic, plannedCases],
  },
  {
    name: 'schemas',
    about: 'contract and schemas from the texts, compared with the files',
    args: () => ['schemas', '--check'],
    readings: wholeReference,
  },
  {
    name: 'openapi',
    about: 'contract and OpenAPI document from the reference of Nova',
    needs: 'reference',
    args: ({ reference }) => [...openapi, '--reference', reference],
    readings: [...wholeReference, calls],
  },
  {
    name: 'openapi-few',
    about: 'the same for five calls',
    needs: 'reference',
    args: ({ reference }) => [...openapi, '--reference', reference, '--include', 'compute/*-volume-*'],
    readings: [...basic, calls],
  },
  {
    name: 'run',
    about: 'all clauses, default cases; includes the cost of the embedded cloud',
    args: ({ run }) => ['run', '--output', run],
    readings: [time({ atMost: 6 }), cpu, memory({ atMost: 300 }), cases, exchanges, ...ownCost],
  },
  {
    name: 'run-half',
    about: 'one of two shards of run',
    args: ({ run }) => ['run', '--output', run, '--shard', '1/2'],
    readings: [...basic, cases, exchanges],
  },
  {
    name: 'run-apart',
    about: 'the same as run, with the embedded cloud in a separate process',
    needs: 'simulator',
    args: ({ run, cloud }) => ['run', '--output', run, ...cloud],
    readings: [...basic, cases, exchanges, ...ownCost, targetTime],
  },
  {
    name: 'run-ends',
    about: 'one operation at the ends of its revisions',
    args: ({ run }) => [...slice, '--output', run],
    readings: [...basic, cases, exchanges],
  },
  {
    name: 'run-sweep',
    about: 'the same at every microversion',
    args: ({ run }) => [...slice, '--output', run, '--sweep'],
    readings: [...basic, cases, exchanges],
  },
  {
    name: 'html-few',
    about: 'the HTML report of run-ends',
    worksOn: 'run-ends',
    args: ({ run }) => ['report', run, '--reporter', 'html'],
    readings: page,
  },
  {
    name: 'html',
    about: 'the HTML report of run-sweep, about 2,000 cases',
    worksOn: 'run-sweep',
    args: ({ run }) => ['report', run, '--reporter', 'html'],
    readings: page,
  },
  {
    name: 'mutation-test',
    about: 'the mutation test of all clauses',
    isLong: true,
    args: () => ['mutation-test', '--check', '--from-scratch'],
    readings: [time({ atMost: 180 }), cpu, memory()],
  },
  {
    name: 'cloud',
    about: 'all clauses on the given cloud',
    needs: 'cloud',
    args: ({ run, cloud }) => ['run', '--output', run, ...cloud],
    // Its verdicts do not matter; that the run completes is checked by its readings.
    exitCodes: [0, 1, 2],
    // The budget for time is what Tempest needs there for its 13 attachment tests with two workers.
    readings: [time({ atMost: 80 }), cpu, memory({ atMost: 300 }), cases, exchanges, ...ownCost].concat(
      targetTime,
      busyShare({ atLeast: 85 }),
    ),
  },
];

export interface Growth {
  readonly from: string;
  readonly to: string;
  /** The size that grows: a reading of both entries. */
  readonly unit: string;
  readonly of: readonly string[];
}

/** Figures that should grow no faster than the size. */
export const growths: readonly Growth[] = [
  { from: 'run-half', to: 'run', unit: 'cases', of: ['time', 'CPU', 'memory'] },
  { from: 'plan', to: 'plan-sweep', unit: 'cases', of: ['time', 'CPU', 'memory'] },
  { from: 'run-ends', to: 'run-sweep', unit: 'cases', of: ['time', 'CPU', 'memory', 'exchanges'] },
  { from: 'run-ends', to: 'run-sweep', unit: 'exchanges', of: ['time', 'CPU'] },
  { from: 'html-few', to: 'html', unit: 'cases', of: ['time', 'CPU', 'memory', 'size of report.html'] },
  { from: 'openapi-few', to: 'openapi', unit: 'calls', of: ['time', 'CPU', 'memory'] },
];
