/**
 * Assembles the contract of a service from its reference, its manifest and its errata.
 *
 * Whatever is inferred or cannot be decided becomes a diagnostic; the contract is open exactly there.
 */
import { discriminatorForms } from '../contract/discriminator.ts';
import { operationOf } from '../contract/cut-revisions.ts';
import type { DraftContract, DraftOperation } from '../contract/draft.ts';
import type { AppliedErratum, Contract, OperationId } from '../contract/model.ts';
import { compareDiagnostics, type Diagnostic, type Report } from '../diagnostic.ts';
import { formatRange, intersect, unversioned, type MicroversionRange } from '../microversion.ts';
import type { Reference } from '../reference/model.ts';
import { applyErrata } from './apply-errata.ts';
import { draftOf } from './draft.ts';
import type { ErratumEntry, ServiceManifest } from './model.ts';
import { ambiguousPairs, withDiscriminators } from '../contract/shared-calls.ts';
import { nameOperations, type NamedOperation } from './operation-ids.ts';
import type { Reading } from './reading.ts';
import { clipSamples } from './clip-samples.ts';
import { withRepairedPath } from './repaired-path.ts';
import { newestForm } from './newest-form.ts';
import { withoutPrefix } from './without-prefix.ts';
import { withMeanings } from './same-sentences.ts';
import { sentencesOf } from './sentences.ts';
import { touchesOf } from './touches.ts';

export interface Assembly {
  readonly contract: Contract;
  /** The same before it was cut into revisions: what goes into files. */
  readonly draft: DraftContract;
  /** Those of assembly alone; the reader's and those of manifest and errata stand with them. */
  readonly diagnostics: readonly Diagnostic[];
  /** Operations whose body trees the reference documents in full, or that have no body. */
  readonly complete: readonly OperationId[];
  /** For the others what leaves their body trees with a guess, or with an open place. */
  readonly incomplete: ReadonlyMap<OperationId, readonly Diagnostic[]>;
}

export function assembleContract(
  reference: Reference,
  manifest: ServiceManifest,
  errata: readonly ErratumEntry[] = [],
): Assembly {
  const found: Diagnostic[] = [];
  const report: Report = (diagnostic) => void found.push(diagnostic);
  const { pathPrefixes = [] } = manifest;
  const named = nameOperations(reference.operations, manifest, report)
    .map((operation) => withoutPrefix(operation, pathPrefixes))
    .map(withRepairedPath);
  const incomplete = new Map<OperationId, readonly Diagnostic[]>();
  const drafts = named.flatMap((operation) => {
    const noted: Report = (diagnostic) => {
      if (isIncomplete(diagnostic)) {
        incomplete.set(operation.id, [...(incomplete.get(operation.id) ?? []), diagnostic]);
      }
      report(diagnostic);
    };
    return draftIn(operation, manifest, noted) ?? [];
  });
  const distinct = withDiscriminators(drafts);
  for (const [left, right] of ambiguousPairs(distinct)) reportAmbiguous(left, right, manifest, report);
  const edited = [...applyErrata(distinct, errata, report)].sort((a, b) => (a.id < b.id ? -1 : 1));
  const operations = edited.map(operationOf).map(clipSamples);
  const { service, origin, microversions, faults, requestIds } = manifest;
  const whole = {
    service,
    origin,
    ...(microversions && { microversions }),
    ...(faults && { faults }),
    ...(requestIds && { requestIds }),
    errata: errata.map(erratumOf),
    sentences: withMeanings(sentencesOf(reference, named), manifest.sentences),
  };
  const clipped = edited.map((draft, index) => ({ ...draft, samples: operations[index]?.samples ?? [] }));
  return {
    contract: { ...whole, operations },
    draft: { ...whole, operations: clipped },
    diagnostics: found.sort(compareDiagnostics),
    complete: operations.map(({ id }) => id).filter((id) => !incomplete.has(id)),
    incomplete,
  };
}

function reportAmbiguous(
  left: DraftOperation,
  right: DraftOperation,
  { operations }: ServiceManifest,
  report: Report,
): void {
  const entry = operations.find(({ id }) => id === left.id || id === right.id);
  const { file, section, line } = right.source;
  const at = entry?.at ?? { file, line, column: 1 };
  const message = `no request shows whether it is for ${left.id} or ${right.id} (${section})`;
  const expected = `\`when\` in the manifest entry of one of them: ${discriminatorForms}`;
  report({ severity: 'warning', code: 'shared-call', at, message, expected });
}

/** What leaves a body tree with a guess, or with an open place. */
const incompleteCodes: ReadonlySet<string> = new Set([
  'ambiguous-place',
  'body-without-parameters',
  'body-without-sample',
  'inferred-place',
  'undocumented-container',
  'undocumented-member',
]);

function isIncomplete({ code }: Diagnostic): boolean {
  return incompleteCodes.has(code);
}

/** For a service without microversions one stands for all. */
const whenUnversioned: MicroversionRange = { ...unversioned, last: undefined };

function draftIn(stated: NamedOperation, manifest: ServiceManifest, report: Report): DraftOperation | undefined {
  const named = manifest.microversions ? stated : { ...stated, operation: newestForm(stated.operation) };
  const { operation, entry } = named;
  const whole = manifest.microversions ? { ...manifest.microversions.range, last: undefined } : whenUnversioned;
  const written = { first: operation.minVersion ?? whole.first, last: operation.maxVersion };
  const range = [written, entry?.range].reduce<MicroversionRange | undefined>((left, part) => {
    return left && part ? intersect(left, part) : left;
  }, whole);
  if (!range) {
    const message = `${named.id} exists at no microversion: ${formatRange(written)} and ${formatRange(whole)} do not meet`;
    report({ severity: 'error', code: 'never-available', at: operation.at, message, expected: 'ranges that meet' });
    return undefined;
  }
  return draftOf(named, readingOf(operation, range, report));
}

function readingOf(operation: Reading['operation'], range: MicroversionRange, report: Report): Reading {
  return {
    operation,
    range,
    say: (severity, code, message, expected, at = operation.at) => {
      report({ severity, code, at, message: `${message} (${operation.title})`, expected });
    },
  };
}

function erratumOf(entry: ErratumEntry): AppliedErratum {
  const { id, operations, says, seen, since, evidence, reading } = entry;
  return { id, operations, says, seen, since, evidence, reading, touches: touchesOf(entry) };
}
