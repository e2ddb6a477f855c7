/** Costs of an earlier run, read from its folder: exchanges and things of each case, by its evidence and its ledger. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLedger } from '../../src/conformance/ledger.ts';
import type { CaseCost, EarlierRun } from '../../src/report/estimate.ts';
import { UsageError } from '../errors.ts';
import { openRunFolder } from '../run/run-folder.ts';

/** @throws UsageError when the folder holds no run, or one without evidence. */
export function readEarlierRun(folder: string): EarlierRun {
  const { report, evidence } = openRunFolder(folder).read();
  const made = thingsOf(join(folder, 'ledger.ndjson'));
  const cases = report.cases.flatMap((one): readonly (readonly [string, CaseCost])[] => {
    if (one.evidence === undefined || !existsSync(join(folder, one.evidence))) return [];
    const exchanges = evidence(one.id);
    const text = exchanges
      .map(({ request, response }) => `${request.url} ${request.body} ${response?.body}`)
      .join('\n');
    const mentioned = (type: string): ReadonlySet<string> =>
      new Set((made.get(type) ?? []).filter((id) => text.includes(id)));
    const cost = {
      exchanges: new Set(exchanges.map(({ id }) => id)),
      servers: mentioned('server'),
      volumes: mentioned('volume'),
    };
    return [[one.id, cost]];
  });
  if (cases.length === 0) throw new UsageError(`--from ${folder}: the run has no evidence to count by.`);
  return {
    name: report.run.name,
    target: report.target.name,
    durationMs: report.run.durationMs,
    exchanges: report.cost.exchanges,
    cases: new Map(cases),
  };
}

/** Ids by type. */
function thingsOf(file: string): ReadonlyMap<string, readonly string[]> {
  const things = new Map<string, string[]>();
  if (!existsSync(file)) return things;
  for (const entry of readLedger(readFileSync(file, 'utf8'))) {
    if (entry.event === 'created') things.set(entry.type, [...(things.get(entry.type) ?? []), entry.id]);
  }
  return things;
}
