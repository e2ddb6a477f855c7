/**
 * Lints a reference tree: collects the diagnostics of the reader and the assembly, and runs the checks that need the
 * whole tree.
 */
import { assembleContract } from '../assembly/assemble.ts';
import { compareDiagnostics, type Diagnostic, type Severity } from '../diagnostic.ts';
import type { LintReport } from '../records/lint.ts';
import { readReference, type ReadingOptions } from '../reference/read-reference.ts';
import type { ReferenceTree } from '../reference/tree.ts';
import { checkDefinitions } from './check-definitions.ts';
import { checkListedNames } from './check-listed-names.ts';
import { checkMisspeltNames } from './check-misspelt-names.ts';
import { checkParameterPlaces } from './check-parameter-places.ts';
import { checkSampleFields } from './check-sample-fields.ts';
import { checkSampleVersions } from './check-sample-versions.ts';
import { checkStatusCodes } from './check-status-codes.ts';
import { checkVersionQuotes } from './check-version-quotes.ts';
import { bareManifest } from '../assembly/bare-manifest.ts';
import type { Check } from './linted.ts';

const checks: readonly Check[] = [
  checkDefinitions,
  checkListedNames,
  checkMisspeltNames,
  checkParameterPlaces,
  checkSampleFields,
  checkSampleVersions,
  checkStatusCodes,
  checkVersionQuotes,
];

export function lintTree(tree: ReferenceTree, options: ReadingOptions = {}): LintReport {
  const reference = readReference(tree, options);
  const { contract, diagnostics } = assembleContract(reference, bareManifest([reference]));
  const found: Diagnostic[] = [...reference.diagnostics, ...diagnostics.filter(isAboutTheTexts)];
  for (const check of checks) check({ tree, reference, contract }, (diagnostic) => void found.push(diagnostic));
  return {
    diagnostics: withoutSequels(once(found)).sort(compareDiagnostics),
    operations: reference.operations.length,
    definitions: reference.parameterFiles.reduce((sum, { definitions }) => sum + definitions.length, 0),
  };
}

export function countOf({ diagnostics }: Pick<LintReport, 'diagnostics'>, severity: Severity): number {
  return diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
}

/** Leaves out diagnostics about our ids: a title that occurs in two files is not an error of the reference. */
function isAboutTheTexts({ code }: Diagnostic): boolean {
  return code !== 'repeated-title' && code !== 'no-success-code';
}

/** An error in a file that two operations use is reported once. */
function once(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const keyOf = ({ code, at, message }: Diagnostic): string => JSON.stringify([code, at, message]);
  return [...new Map(diagnostics.map((diagnostic) => [keyOf(diagnostic), diagnostic])).values()];
}

/** A misspelt name is not in the samples either; that needs no second message. */
function withoutSequels(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const placeOf = ({ at }: Diagnostic): string => `${at.file}:${at.line}:${at.column}`;
  const misspelt = new Set(diagnostics.filter(({ code }) => code === 'misspelt-parameter').map(placeOf));
  return diagnostics.filter((one) => one.code !== 'inferred-place' || !misspelt.has(placeOf(one)));
}
