/**
 * The body of one side of an operation: its tree recovered from parameter lists and samples, as a shape.
 */
import type { Shape } from '../contract/model.ts';
import { intersect } from '../microversion.ts';
import type { ParameterUse, SampleUse, Side } from '../reference/model.ts';
import type { UseInRange } from './body-tree.ts';
import { nameParts } from './candidates.ts';
import { placeAll } from './place.ts';
import { rangeBetween, type Reading } from './reading.ts';
import { rootShape } from './root-shape.ts';
import { mergeSamples, type VersionedSample } from './sample-tree.ts';

/** Undefined when neither parameters nor samples tell of a body. */
export function bodyShape(side: Side, reading: Reading): Shape | undefined {
  const uses = bodyUses(side, reading);
  const samples = samplesOf(side, reading);
  if (uses.length === 0 && samples.length === 0) return undefined;
  if (uses.length === 0) return undocumentedBody(side, samples, reading);
  if (samples.length === 0) sayNoSample(side, reading);
  const documented = new Set(uses.map(({ use }) => nameParts(use.name).at(-1) ?? ''));
  const tree = placeAll(uses, mergeSamples(samples, documented));
  return rootShape(tree, reading);
}

/** Lines of the list that hold at some microversion of the operation. */
function bodyUses(side: Side, reading: Reading): readonly UseInRange[] {
  const uses = reading.operation.parameters.filter((use) => use.side === side && use.definition?.in === 'body');
  return uses.flatMap((use) => inRange(use, reading) ?? []);
}

export function inRange(use: ParameterUse, reading: Reading): UseInRange | undefined {
  const own = rangeBetween(reading, use.definition?.minVersion, use.definition?.maxVersion);
  const range = own && use.headingRange ? intersect(own, use.headingRange) : own;
  if (range) return { use, range };
  const message = `${use.name} holds at no microversion of this operation`;
  reading.say('warning', 'never-applies', message, 'a definition for these microversions', use.at);
  return undefined;
}

function samplesOf(side: Side, { operation, range }: Reading): readonly VersionedSample[] {
  const included = operation.samples.filter((use) => use.side === side).flatMap(withVariants);
  const byFile = new Map(included.map((sample) => [sample.file, sample]));
  return [...byFile.values()].map(({ version, newest, value }) => {
    const latest = range.last ?? { major: range.first.major, minor: Number.MAX_SAFE_INTEGER };
    return { version: version ?? (newest ? latest : range.first), value };
  });
}

export function withVariants({ sample, variants }: SampleUse): SampleUse['variants'] {
  return sample ? [sample, ...variants] : variants;
}

function undocumentedBody(side: Side, samples: readonly VersionedSample[], { say }: Reading): Shape {
  const message = `samples show a ${side} body of which no parameter is documented`;
  say('warning', 'body-without-parameters', message, `a list of the ${side} parameters`);
  const isList = samples.every(({ value }) => Array.isArray(value));
  const open = { type: 'object', nullable: false, members: [], open: true } as const;
  return isList ? { type: 'array', nullable: false, items: { type: 'any' } } : open;
}

function sayNoSample(side: Side, { say }: Reading): void {
  const message = `no sample shows the ${side} body`;
  say('warning', 'body-without-sample', message, `a sample of the ${side}, from which the tree can be told`);
}
