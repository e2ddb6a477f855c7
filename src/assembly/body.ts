/**
 * The body of one side of an operation: its tree recovered from parameter lists and samples, as a shape.
 */
import type { Shape } from '../contract/model.ts';
import { intersect, type MicroversionRange } from '../microversion.ts';
import type { ParameterUse, Side } from '../reference/model.ts';
import type { BodyTree, UseInRange } from './body-tree.ts';
import { nameParts } from './candidates.ts';
import { joinedObject, listsByVersion } from './lists-by-version.ts';
import { placeAll } from './place.ts';
import { placeFields } from './place-fields.ts';
import { rangeBetween, type Reading } from './reading.ts';
import { objectShape, rootShape, shownBy } from './root-shape.ts';
import { sampleFamilies } from './sample-families.ts';
import { sampleShape } from './sample-shape.ts';
import { statedPresence } from './stated-presence.ts';
import { saysMap } from './said-of-place.ts';
import { isNewest, mergeSamples, newestOf, type VersionedSample } from './sample-tree.ts';

/** Undefined when neither parameters nor samples show a body. */
export function bodyShape(side: Side, reading: Reading): Shape | undefined {
  const uses = bodyUses(side, reading);
  const samples = samplesOf(side, reading);
  if (uses.length === 0 && samples.length === 0) return undefined;
  if (uses.length === 0) return undocumentedBody(side, samples, reading);
  if (samples.length === 0) sayNoSample(side, reading);
  const lists = listsByVersion(uses, samples);
  if (!lists) return rootShape(treeOf(uses, samples), reading);
  const parts = lists.flatMap((list) => {
    const range = intersect(list.range, reading.range);
    return range
      ? [{ range, object: objectShape(treeOf(list.uses, list.samples).root, false, { ...reading, range }) }]
      : [];
  });
  return joinedObject(parts);
}

function treeOf(uses: readonly UseInRange[], samples: readonly VersionedSample[]): BodyTree {
  const documented = new Set(uses.map(({ use }) => nameParts(use.name).at(-1) ?? ''));
  const tree = placeAll(uses, mergeSamples(samples, documented));
  placeFields(tree);
  return tree;
}

/** Lines of the list that apply at some microversion of the operation. */
function bodyUses(side: Side, reading: Reading): readonly UseInRange[] {
  const uses = reading.operation.parameters.filter((use) => use.side === side && use.definition?.in === 'body');
  return uses.flatMap((use) => inRanges(use, reading));
}

/** Several where the text names microversions between which the parameter does not exist. */
export function inRanges(use: ParameterUse, reading: Reading): readonly UseInRange[] {
  const own = rangeBetween(reading, use.definition?.minVersion, use.definition?.maxVersion);
  const whole = own && use.headingRange ? intersect(own, use.headingRange) : own;
  const ranges = whole ? known(use, whole) : [];
  if (ranges.length > 0) return ranges.map((range) => ({ use, range }));
  const message = `${use.name} holds at no microversion of this operation`;
  reading.say('warning', 'never-applies', message, 'a definition for these microversions', use.at);
  return [];
}

function known({ definition }: ParameterUse, whole: MicroversionRange): readonly MicroversionRange[] {
  const { only } = definition ? statedPresence(definition) : { only: [] };
  return only.length === 0 ? [whole] : only.flatMap((range) => intersect(range, whole) ?? []);
}

/** Forms of other microversions than those of the operation count only where there are no others. */
function samplesOf(side: Side, { operation, range }: Reading): readonly VersionedSample[] {
  const forms = sampleFamilies(operation)
    .flat()
    .filter(({ use }) => use.side === side);
  const newest = newestOf(range);
  const all = forms.map((form) => ({ range: form.sample.newest ? newest : form.range, value: form.sample.value }));
  const own = all.filter((sample) => isNewest(sample.range.first) || intersect(sample.range, range));
  return own.length > 0 ? own : all;
}

function undocumentedBody(side: Side, samples: readonly VersionedSample[], reading: Reading): Shape {
  const message = `samples show a ${side} body of which no parameter is documented`;
  reading.say('warning', 'body-without-parameters', message, `a list of the ${side} parameters`);
  const maps = new Set(reading.operation.parameters.filter(saysMap).map(({ name }) => name));
  return sampleShape(mergeSamples(samples, new Set()), { ...shownBy(reading), maps });
}

function sayNoSample(side: Side, { say }: Reading): void {
  const message = `no sample shows the ${side} body`;
  say('warning', 'body-without-sample', message, `a sample of the ${side}, which shows the tree`);
}
