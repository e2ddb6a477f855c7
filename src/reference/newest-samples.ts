/**
 * Which samples are kept up to date: a tree without folders for versions has one form of each, and changes it with the
 * API. In a tree that has such folders the form without one is the first.
 */
import type { ReferenceOperation, SampleUse } from './model.ts';
import { familyOf, versionOfFolder } from './read-samples.ts';

export function withNewestSamples(operations: readonly ReferenceOperation[]): readonly ReferenceOperation[] {
  const uses = operations.flatMap(({ samples }) => samples);
  const files = uses.flatMap(({ file, variants }) => [file, ...variants.map((variant) => variant.file)]);
  if (files.some((file) => versionOfFolder(file))) return operations;
  const versioned = new Set(uses.filter(({ version }) => version).map(({ file }) => familyOf(file)));
  const marked = (use: SampleUse): SampleUse => {
    const { sample, version, file } = use;
    return !sample || version || versioned.has(familyOf(file)) ? use : { ...use, sample: { ...sample, newest: true } };
  };
  return operations.map((operation) => ({ ...operation, samples: operation.samples.map(marked) }));
}
