/** What is measured: the commands, what is read from each, and the budgets of the product. */
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

export interface Place {
  /** The run folder to write, or to work on. */
  readonly run: string;
  /** A reference tree of Nova. */
  readonly reference: string;
  /** The options that name the real cloud, and those that go with them. */
  readonly cloud: readonly string[];
}

export interface Entry {
  readonly name: string;
  /** What is measured, for people. */
  readonly about: string;
  readonly args: (place: Place) => readonly string[];
  /** What it is left out without; `simulator`: an embedded cloud in a process of its own, which is not measured. */
  readonly needs?: 'reference' | 'cloud' | 'simulator';
  /** The entry whose run folder it works on. */
  readonly worksOn?: string;
  /** Takes minutes; only when it is named. */
  readonly isLong?: true;
  /** 0 when missing. */
  readonly exitCodes?: readonly number[];
  readonly readings: readonly Reading[];
}

const taken = [time(), cpu, memory()];
/** About 2,000 cases when every microversion is looked at. */
const slice = ['run', '--include', 'compute/show-volume-attachment', '--microversions', '2.1-2.42'];
const openapi = ['schemas', '--openapi', '2.89'];
const ownCost = [cpuPerExchange({ atMost: 2 }), ownTime({ atMost: 5 })];
const wholeReference = [time({ atMost: 1.5 }), cpu, memory({ atMost: 250 })];
const page = [...taken, cases, sizeOf('report.html')];

export const entries: readonly Entry[] = [
  { name: 'version', about: 'start-up', args: () => ['--version'], readings: taken },
  { name: 'help', about: 'help of a verb', args: () => ['run', '--help'], readings: taken },
  { name: 'doctor', about: 'examine the embedded cloud', args: () => ['doctor'], readings: taken },
  { name: 'plan', about: 'plan all clauses', args: () => ['plan', '--json'], readings: [...taken, plannedCases] },
  {
    name: 'plan-sweep',
    about: 'the same at every microversion',
    args: () => ['plan', '--json', '--sweep'],
    readings: [...taken, plannedCases],
  },
  {
    name: 'schemas',
    about: 'texts to contract and schemas, compared with the files',
    args: () => ['schemas', '--check'],
    readings: wholeReference,
  },
  {
    name: 'openapi',
    about: "Nova's own reference to contract and one document",
    needs: 'reference',
    args: ({ reference }) => [...openapi, '--reference', reference],
    readings: [...wholeReference, calls],
  },
  {
    name: 'openapi-few',
    about: 'the same, five calls of it',
    needs: 'reference',
    args: ({ reference }) => [...openapi, '--reference', reference, '--include', 'compute/*-volume-*'],
    readings: [...taken, calls],
  },
  {
    name: 'run',
    about: 'all clauses, default cases; the embedded cloud within counts as ours',
    args: ({ run }) => ['run', '--output', run],
    readings: [time({ atMost: 6 }), cpu, memory({ atMost: 300 }), cases, exchanges, ...ownCost],
  },
  {
    name: 'run-half',
    about: 'one of two shards of it',
    args: ({ run }) => ['run', '--output', run, '--shard', '1/2'],
    readings: [...taken, cases, exchanges],
  },
  {
    name: 'run-apart',
    about: 'the same as run, the embedded cloud in a process of its own',
    needs: 'simulator',
    args: ({ run, cloud }) => ['run', '--output', run, ...cloud],
    readings: [...taken, cases, exchanges, ...ownCost, targetTime],
  },
  {
    name: 'run-ends',
    about: 'one operation at the ends of its revisions',
    args: ({ run }) => [...slice, '--output', run],
    readings: [...taken, cases, exchanges],
  },
  {
    name: 'run-sweep',
    about: 'the same at every microversion',
    args: ({ run }) => [...slice, '--output', run, '--sweep'],
    readings: [...taken, cases, exchanges],
  },
  {
    name: 'html-few',
    about: 'the page of run-ends',
    worksOn: 'run-ends',
    args: ({ run }) => ['report', run, '--reporter', 'html'],
    readings: page,
  },
  {
    name: 'html',
    about: 'the page of run-sweep, about 2,000 cases',
    worksOn: 'run-sweep',
    args: ({ run }) => ['report', run, '--reporter', 'html'],
    readings: page,
  },
  {
    name: 'refute',
    about: 'the proof of all clauses',
    isLong: true,
    args: () => ['refute', '--check'],
    readings: [time({ atMost: 180 }), cpu, memory()],
  },
  {
    name: 'cloud',
    about: 'all clauses on the cloud that was named',
    needs: 'cloud',
    args: ({ run, cloud }) => ['run', '--output', run, ...cloud],
    // Its verdicts are not what is measured; that the run came to its end is looked at besides.
    exitCodes: [0, 1, 2],
    // The time: what Tempest takes there for its 13 attachment tests, with two workers.
    readings: [time({ atMost: 80 }), cpu, memory({ atMost: 300 }), cases, exchanges, ...ownCost].concat(
      targetTime,
      busyShare({ atLeast: 85 }),
    ),
  },
];

export interface Growth {
  readonly from: string;
  readonly to: string;
  /** What there is more of: a reading of both. */
  readonly unit: string;
  readonly of: readonly string[];
}

/** What is to grow no faster than what there is more of. */
export const growths: readonly Growth[] = [
  { from: 'run-half', to: 'run', unit: 'cases', of: ['time', 'CPU', 'memory'] },
  { from: 'plan', to: 'plan-sweep', unit: 'cases', of: ['time', 'CPU', 'memory'] },
  { from: 'run-ends', to: 'run-sweep', unit: 'cases', of: ['time', 'CPU', 'memory', 'exchanges'] },
  { from: 'run-ends', to: 'run-sweep', unit: 'exchanges', of: ['time', 'CPU'] },
  { from: 'html-few', to: 'html', unit: 'cases', of: ['time', 'CPU', 'memory', 'size of report.html'] },
  { from: 'openapi-few', to: 'openapi', unit: 'calls', of: ['time', 'CPU', 'memory'] },
];
