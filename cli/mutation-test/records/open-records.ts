/** The recorded results of the repository: what of them still applies, what differs, and how they are written. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../package-root.ts';
import { makeFolder, writeWhole } from '../../files/write-whole.ts';
import type { MutationTest } from '../mutation-test.ts';
import type { Subjects } from '../subjects.ts';
import { readDependencies, type Dependencies } from './dependencies.ts';
import { knownResults, type Known } from './known.ts';
import { figuresOf, killsIn, lostKills, readRecord, recordFile, writeRecord, type ReadRecord } from './record-file.ts';
import { recordResults } from './record-results.ts';
import { resourceNames } from './resources.ts';

export interface Records {
  /** Sentences about files that cannot be relied on. */
  readonly warnings: readonly string[];
  /** With `fromScratch`, the recorded kills only, and no result to reuse. */
  readonly recall: (subjects: Subjects, fromScratch: boolean) => Promise<Known>;
  /** Sentences about recorded kills that did not occur, and faults that only one side has. */
  readonly problems: (mutationTest: MutationTest) => readonly string[];
  readonly write: (mutationTest: MutationTest) => Promise<void>;
}

export function openRecords(): Records {
  const records = readRecords();
  let reused = new Map<string, ReadRecord>();
  let dependencies: Promise<Dependencies> | undefined;
  const open = ({ contracts }: Subjects): Promise<Dependencies> => (dependencies ??= readDependencies({ contracts }));
  return {
    warnings: [...records].flatMap(([name, { isIntact }]) =>
      isIntact ? [] : [`${recordFile(name)} was merged or edited after it was written: none of its results is reused.`],
    ),
    recall: async (subjects, fromScratch) => {
      const trusted = fromScratch ? new Map<string, ReadRecord>() : records;
      const known = knownResults({ records: trusted, dependencies: await open(subjects), ...subjects });
      reused = new Map([...trusted].filter(([name]) => !known.outdated.includes(name)));
      return { ...known, kills: killsIn(records.values()) };
    },
    problems: (mutationTest) => problemsOf(records, mutationTest),
    write: async ({ subjects, report: { equivalents }, kills, requests }) => {
      const results = recordResults({
        ...{ ...subjects, kills, equivalents, requests, reused },
        dependencies: await open(subjects),
      });
      for (const [name, record] of results) {
        makeFolder(join(packageRoot, 'suites', name));
        writeWhole(join(packageRoot, recordFile(name)), writeRecord(name, record));
      }
    },
  };
}

/** The figures of all recorded results as a sentence; undefined if there are none. */
export function recordedFigures(): string | undefined {
  const records = [...readRecords().values()];
  return records.length === 0 ? undefined : figuresOf(records);
}

function readRecords(): ReadonlyMap<string, ReadRecord> {
  return new Map(
    resourceNames.flatMap((name) => {
      const file = join(packageRoot, recordFile(name));
      return existsSync(file) ? [[name, readRecord(readFileSync(file, 'utf8'))] as const] : [];
    }),
  );
}

function problemsOf(
  records: ReadonlyMap<string, ReadRecord>,
  { kills, subjects, report }: MutationTest,
): readonly string[] {
  const recorded = killsIn(records.values());
  const existing = new Set(subjects.mutants.map(({ id }) => id));
  const isRecorded = (fault: string): boolean => recorded.has(fault);
  const unlike = [
    ...[...recorded.keys()]
      .filter((fault) => !existing.has(fault))
      .map((fault) => `${fault} is recorded and does not exist.`),
    ...[...kills.keys()].filter((fault) => !isRecorded(fault)).map((fault) => `${fault} is not recorded.`),
  ];
  const lost = lostKills(recorded, kills).map((pair) => `The recorded kill ${pair} did not occur.`);
  const advice =
    unlike.length > 0 && report.survivors.length === 0 ? ['Record the faults: npm run mutation-test.'] : [];
  return [...lost, ...unlike, ...advice];
}
