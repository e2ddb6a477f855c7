/** Reads the waivers of a file, and binds them to the target of the run. */
import { existsSync, readFileSync } from 'node:fs';
import type { Clause } from '../../src/clauses/clause.ts';
import type { Selection } from '../../src/planning/selection.ts';
import type { Target } from '../../src/planning/target.ts';
import { bindWaivers } from '../../src/planning/waivers/bind-waivers.ts';
import { checkWaivers } from '../../src/planning/waivers/check-waivers.ts';
import { readWaivers } from '../../src/planning/waivers/read-waivers.ts';
import type { BoundWaiver } from '../../src/records/run-facts.ts';
import type { Waiver } from '../../src/planning/waivers/waiver.ts';
import type { Contracts } from '../../src/contract/contracts.ts';
import { compareDiagnostics, formatDiagnostic, type Diagnostic } from '../../src/diagnostic.ts';
import { UsageError } from '../errors.ts';

/** Empty without a file. @throws UsageError with all errors of the file */
export function openWaivers(file: string | undefined, clauses: readonly Clause[]): readonly Waiver[] {
  if (file === undefined) return [];
  if (!existsSync(file)) throw new UsageError(`--waivers ${file}: there is no such file.`);
  const { waivers, diagnostics } = readWaivers(readFileSync(file, 'utf8'), file);
  refuse([...diagnostics, ...checkWaivers(waivers, clauses)]);
  return waivers;
}

/**
 * The waivers that apply to the target. With --once, most of their cases are not run. @throws UsageError when two of
 * them cover one case
 */
export function waiversFor(
  waivers: readonly Waiver[],
  clauses: readonly Clause[],
  contracts: Contracts,
  target: Target,
  { cases }: Pick<Selection, 'cases'>,
): readonly BoundWaiver[] {
  const { bound, diagnostics } = bindWaivers(
    waivers,
    clauses,
    contracts,
    target,
    cases === 'sweep' ? 'sweep' : 'revisions',
  );
  refuse(diagnostics);
  return bound;
}

function refuse(diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  const lines = [...errors].sort(compareDiagnostics).map(formatDiagnostic);
  throw new UsageError(`The waivers cannot be used:\n${lines.join('\n')}`);
}
