/** Opens the account of what a run selects: the contracts and clauses of the services with a selected clause. */
import { serviceOf } from '../../src/contract/contracts.ts';
import type { NonEmpty } from '../../src/json.ts';
import { namesOperation, selects, type Selection } from '../../src/planning/selection.ts';
import { openClauses, type OpenClauses } from '../clauses/open-clauses.ts';
import { withUntested } from '../clauses/with-untested.ts';
import type { ChosenContract } from '../chosen-contract.ts';
import { loadSuites } from '../extension-suites/load-suites.ts';
import { refuseUnknownGlobs } from './refuse-unknown-globs.ts';
import type { RunOptions } from './run-options.ts';

/** @throws UsageError when an option selects nothing, or the reference cannot be read */
export async function openSelection({
  reference,
  selection,
  suites,
}: Pick<RunOptions, 'reference' | 'selection' | 'suites'>): Promise<OpenClauses> {
  const opened = await openClauses(reference, (id) => namesOperation(selection, id), await loadSuites(suites));
  refuseUnknownGlobs(selection, withUntested(opened), opened.listed);
  return ofSelected(opened, selection);
}

/** All services when no clause is selected. */
function ofSelected(opened: OpenClauses, selection: Selection): OpenClauses {
  const clauses = withUntested(opened).filter((clause) => selects(selection, clause));
  const types = new Set(clauses.map(({ operation }) => serviceOf(operation)));
  const chosen = opened.chosen.filter(({ contract }) => types.has(contract.service));
  if (!isFilled(chosen)) return opened;
  const isTested = ({ operation }: (typeof clauses)[number]): boolean => types.has(serviceOf(operation));
  const { ledger } = opened;
  return {
    ...opened,
    chosen,
    ledger: {
      ...ledger,
      contracts: chosen.map(({ contract }) => contract),
      clauses: ledger.clauses.filter(isTested),
    },
    extensionClauses: opened.extensionClauses.filter(isTested),
    listed: chosen.flatMap(({ listed }) => listed),
  };
}

function isFilled(chosen: readonly ChosenContract[]): chosen is NonEmpty<ChosenContract> {
  return chosen.length > 0;
}
