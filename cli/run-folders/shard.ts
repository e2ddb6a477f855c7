/** `--shard`: runs one part of the plan. */
import { casesOfShard, parseShard, type CostTable, type Shard } from '../../src/planning/shards.ts';
import { parseJson } from '../../src/json.ts';
import { partOf } from '../../src/report/parts/part-of.ts';
import { ownText } from '../clauses/open-clauses.ts';
import { UsageError } from '../errors.ts';
import type { RunKind } from '../run/run-kind.ts';

export const costsFile = 'suites/costs.json';

/** @throws UsageError */
export function readShard(text: string): Shard {
  const shard = parseShard(text);
  if (shard) return shard;
  throw new UsageError(`--shard ${text} is not a shard. Write 2/5 for the second of five.`);
}

export function shardKind(shard: Shard): RunKind {
  return {
    choose: ({ line, planned }) => {
      const own = casesOfShard(planned, shard, readCosts());
      if (own.length === 0) {
        throw new UsageError(
          `Shard ${shard.index} of ${shard.total} is empty, because the plan is too small. Use fewer shards.`,
        );
      }
      const part = partOf(line, new Set(own.map(({ id }) => id)));
      return { planned: own, line: { ...part, run: { ...part.run, shard } } };
    },
  };
}

function readCosts(): CostTable {
  return (parseJson(ownText(costsFile)) ?? {}) as unknown as CostTable;
}
