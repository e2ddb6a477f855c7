/** Reads the record of a run from journal and ledger in its folder; evidence is read on demand. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLedger, readLedger } from '../../src/resources/ledger.ts';
import { buildReport } from '../../src/report/build-report.ts';
import type { RunLine } from '../../src/records/journal.ts';
import { accessesIn, leakOf } from '../../src/report/leak.ts';
import { parseJournal } from '../../src/report/parse-journal.ts';
import type { Leak } from '../../src/records/run-facts.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { allKinds } from '../../suites/resources.ts';
import { UsageError } from '../errors.ts';
import { refuseEarlierForm, type ReadEvidence } from './evidence-file.ts';
import { statIfThere } from '../files/stat-if-there.ts';

/**
 * Journal and ledger only grow: the record is cached until one of them does. `memory`: the lines of the journal, if its
 * file may be incomplete.
 *
 * The returned function throws UsageError when there is no readable journal.
 */
export function recordIn(
  path: string,
  journal: string,
  readEvidence: ReadEvidence,
  memory?: { readonly lines: readonly string[] },
): () => RunRecord {
  let known: { readonly sizes: string; readonly record: RunRecord } | undefined;
  return () => {
    const sizes = [memory?.lines.length ?? sizeOf(journal), sizeOf(join(path, 'ledger.ndjson'))].join();
    if (known?.sizes === sizes) return known.record;
    const text = memory ? memory.lines.join('') : textOf(path, journal);
    known = { sizes, record: readRecord(path, journal, text, readEvidence) };
    return known.record;
  };
}

function sizeOf(file: string): number {
  return statIfThere(file)?.size ?? -1;
}

function textOf(path: string, journal: string): string {
  if (!existsSync(journal)) throw new UsageError(`${path} is not a run folder: it has no journal.ndjson.`);
  return readFileSync(journal, 'utf8');
}

function readRecord(path: string, journal: string, text: string, readEvidence: ReadEvidence): RunRecord {
  const parsed = parseJournal(text, journal);
  if (!parsed.journal) throw new UsageError(`${journal} is not the journal of a run.`);
  const report = buildReport(parsed.journal, { leaks: leaksIn(join(path, 'ledger.ndjson'), parsed.journal.header) });
  const places = new Map(report.cases.map((one) => [one.id, one.evidence]));
  refuseEarlierForm(path, places.values());
  return {
    report,
    evidence: (id) => {
      const place = places.get(id);
      return place === undefined ? [] : readEvidence(id, place).exchanges;
    },
  };
}

/** What the ledger lists as not removed: the only source after a kill. */
function leaksIn(file: string, { target }: RunLine): readonly Leak[] {
  if (!existsSync(file)) return [];
  const entries = readLedger(readFileSync(file, 'utf8'));
  const ledger = createLedger(
    () => undefined,
    () => '',
    entries,
  );
  const clients = accessesIn(target.identities);
  return ledger.owned().map((resource) => leakOf(resource, allKinds, clients));
}
