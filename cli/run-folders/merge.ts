/** `report` of several folders: merges the shards of one run into a new run folder. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJournal } from '../../src/report/parse-journal.ts';
import { mergeShards } from '../../src/report/parts/merge-shards.ts';
import { refuseShards, shardsInOrder, type NamedJournal } from '../../src/report/parts/refuse-shards.ts';
import { UsageError } from '../errors.ts';
import { appendWhole } from '../files/append-whole.ts';
import { contractPath, createRunFolder, type RunFolder } from '../run/run-folder.ts';
import { refuseDamaged } from './compare.ts';
import { ledgerText, takingOver } from './take-over.ts';

/** @throws UsageError when the folders are not the shards of one run */
export function mergeFolders(folders: readonly string[], output: string): RunFolder {
  const shards = shardsInOrder(folders.map(readNamed));
  const refusal = refuseShards(shards);
  if (refusal !== undefined) throw new UsageError(refusal);
  const merged = createRunFolder(output);
  const copied = shards.map((shard) => withEvidenceIn(shard, merged));
  for (const line of mergeShards(copied, nameOf(shards), output)) merged.append(line);
  for (const { from, journal } of shards) {
    appendWhole(merged.ledgerFile, ledgerText(from));
    for (const path of contractPathsIn(from, journal))
      merged.write([{ path, text: readFileSync(join(from, path), 'utf8') }]);
  }
  return merged;
}

function contractPathsIn(from: string, { header }: NamedJournal['journal']): readonly string[] {
  return header.contracts.map(({ service }) => contractPath(service)).filter((path) => existsSync(join(from, path)));
}

function withEvidenceIn({ from, journal }: NamedJournal, merged: RunFolder): NamedJournal {
  const { header, earlier, results, confirmations } = journal;
  const takeOver = takingOver(from, header.run.name, merged);
  return {
    from,
    journal: {
      ...journal,
      ...(earlier && { earlier: earlier.map(takeOver) }),
      results: results.map(takeOver),
      ...(confirmations && { confirmations: confirmations.map(takeOver) }),
    },
  };
}

/** @throws UsageError */
export function readNamed(from: string): NamedJournal {
  refuseDamaged(from);
  const file = join(from, 'journal.ndjson');
  const { journal } = parseJournal(readFileSync(file, 'utf8'), file);
  if (!journal) throw new UsageError(`${file} is not the journal of a run. Pass a run folder.`);
  return { from, journal };
}

/** Deterministic: the same shards give the same name. */
function nameOf(shards: readonly NamedJournal[]): string {
  const names = shards.map(({ journal }) => journal.header.run.name).join(' ');
  return `osc-${createHash('sha256').update(names).digest('hex').slice(0, 6)}`;
}
