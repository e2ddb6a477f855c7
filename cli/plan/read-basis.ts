/** The baseline of an estimate: a run that the user names, or the figures shipped with the program. */
import { basisOf } from '../../src/report/basis-of.ts';
import type { Basis } from '../../src/report/basis.ts';
import type { EstimateOptions } from '../../src/report/estimate.ts';
import { readLedger } from '../../src/resources/ledger.ts';
import { parseJson } from '../../src/json.ts';
import { ownText } from '../clauses/open-account.ts';
import { UsageError } from '../errors.ts';
import { openRunFolder } from '../run/run-folder.ts';
import { refuseDamaged } from '../runs/compare.ts';
import { ledgerText } from '../runs/take-over.ts';

export const figuresFile = 'suites/figures.json';

export interface ChosenBasis {
  readonly kind: EstimateOptions['kind'];
  readonly basis: Basis;
}

/** @throws UsageError */
export function readBasis(from: string | undefined): ChosenBasis {
  if (from !== undefined) return { kind: 'own', basis: basisOfRun('--from', from) };
  return { kind: 'shipped', basis: parseJson(ownText(figuresFile)) as unknown as Basis };
}

/** @throws UsageError when the folder is not a run folder, or the run has no evidence */
export function basisOfRun(option: string, folder: string): Basis {
  refuseDamaged(folder);
  const basis = basisOf(openRunFolder(folder).read(), readLedger(ledgerText(folder)));
  if (basis) return basis;
  throw new UsageError(`${option} ${folder}: the run has no evidence to estimate from. Pass another run.`);
}
