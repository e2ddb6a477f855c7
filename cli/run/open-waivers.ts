/** The waivers that the operator gave, bound to the target of the run. */
import { existsSync, readFileSync } from 'node:fs';
import type { Clause } from '../../src/conformance/clause.ts';
import type { Selection } from '../../src/conformance/selection.ts';
import type { Target } from '../../src/conformance/target.ts';
import { bindWaivers } from '../../src/conformance/waivers/bind-waivers.ts';
import { checkWaivers } from '../../src/conformance/waivers/check-waivers.ts';
import { readWaivers } from '../../src/conformance/waivers/read-waivers.ts';
import type { BoundWaiver, Waiver } from '../../src/conformance/waivers/waiver.ts';
import type { Contract } from '../../src/contract/model.ts';
import { compareDiagnostics, formatDiagnostic, type Diagnostic } from '../../src/diagnostic.ts';
import { UsageError } from '../errors.ts';

/** Empty without a file. @throws UsageError that lists all that is wrong in it */
export function openWaivers(file: string | undefined, clauses: readonly Clause[]): readonly Waiver[] {
  if (file === undefined) return [];
  if (!existsSync(file)) throw new UsageError(`--waivers ${file}: there is no such file.`);
  const { waivers, diagnostics } = readWaivers(readFileSync(file, 'utf8'), file);
  refuse([...diagnostics, ...checkWaivers(waivers, clauses)]);
  return waivers;
}

/** Those that speak of the target; a run that tries each clause once leaves most of their cases untried. @throws UsageError where two of them cover one case */
export function waiversFor(
  waivers: readonly Waiver[],
  clauses: readonly Clause[],
  contract: Contract,
  target: Target,
  { cases }: Pick<Selection, 'cases'>,
): readonly BoundWaiver[] {
  const { bound, diagnostics } = bindWaivers(
    waivers,
    clauses,
    contract,
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
  throw new UsageError(`the waivers cannot be used:\n${lines.join('\n')}`);
}
