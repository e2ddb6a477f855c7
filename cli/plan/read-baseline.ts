/** The baseline of an estimate: a run that the user names, or the figures shipped with the program. */
import { baselineOf } from '../../src/report/baseline-of.ts';
import type { Baseline } from '../../src/records/baseline.ts';
import { parserOf } from '../../src/records/parser.ts';
import type { EstimateOptions } from '../../src/report/estimate.ts';
import { readLedger } from '../../src/resources/ledger.ts';
import { resourceKinds } from '../../suites/resources.ts';
import { parseJson } from '../../src/json.ts';
import { ownText } from '../clauses/open-clauses.ts';
import { UsageError } from '../errors.ts';
import { openRunFolder } from '../run/run-folder.ts';
import { refuseDamaged } from '../run-folders/compare.ts';
import { ledgerText } from '../run-folders/take-over.ts';

export const figuresFile = 'suites/figures.json';

export interface ChosenBaseline {
  readonly kind: EstimateOptions['kind'];
  readonly baseline: Baseline;
}

/** @throws UsageError */
export function readBaseline(from: string | undefined): ChosenBaseline {
  if (from !== undefined) return { kind: 'own', baseline: baselineOfRun('--from', from) };
  return { kind: 'shipped', baseline: shippedBaseline() };
}

function shippedBaseline(): Baseline {
  const parsed = parserOf('baseline')(parseJson(ownText(figuresFile)));
  if (parsed.is === 'valid') return parsed.value;
  const { pointer, expected } = parsed;
  throw new UsageError(
    `${figuresFile} is damaged: expected at "${pointer}": ${expected}. Restore the file, or pass --from RUN.`,
  );
}

/** @throws UsageError when the folder is not a run folder, or the run has no evidence */
export function baselineOfRun(option: string, folder: string): Baseline {
  refuseDamaged(folder);
  const baseline = baselineOf(openRunFolder(folder).read(), readLedger(ledgerText(folder)), resourceKinds);
  if (baseline) return baseline;
  throw new UsageError(`${option} ${folder}: the run has no evidence to estimate from. Pass another run.`);
}
