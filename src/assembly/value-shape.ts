/**
 * The shape of one documented value: its type by the text, corrected by what samples show.
 */
import type { Shape } from '../contract/model.ts';
import { includes } from '../microversion.ts';
import type { ParameterUse } from '../reference/model.ts';
import type { PlacedNode, UseInRange } from './body-tree.ts';
import type { Reading } from './reading.ts';
import { objectShape } from './root-shape.ts';
import { kindsSeen, type JsonKind, type SampleNode } from './sample-tree.ts';
import { choiceOf, sampleShape, scalarsOf } from './sample-shape.ts';
import { documentedType, type DocumentedType } from './documented-type.ts';

export function valueShape(node: PlacedNode, { use, range }: UseInRange, reading: Reading): Shape {
  const seen = node.sample ? kindsSeen(node.sample, (version) => includes(range, version)) : new Set<JsonKind>();
  const documented = documentedType(use.definition?.type ?? '');
  const shown = new Set([...seen].filter((kind) => kind !== 'null'));
  const nullable = seen.has('null') || saysNull(use) || (seen.size === 0 && node.inferred !== undefined);
  const type = settledType(documented, shown, node.children.size > 0);
  if (!agrees(documented, shown) || (documented !== type && documented !== 'unknown')) {
    const message = `${use.name} is documented as ${documented}, and samples show ${[...shown].join(' and ') || type}`;
    reading.say('warning', 'sample-type-differs', message, 'one type in the text and in the samples', use.at);
  }
  const others = scalarsOf(shown).map((scalar) => ({ type: scalar, nullable: false }));
  if (type === 'object') return eitherOf(objectShape(node, nullable, reading), others);
  if (type === 'array') {
    return eitherOf({ type, nullable, items: itemShape(node, node.sample?.items, reading) }, others);
  }
  if (type === 'null') return shown.size === 0 ? { type } : choiceOf(scalarsOf(shown), true);
  if (type === 'unknown') return unknownShape(use, shown, nullable, reading);
  return choiceOf([type, ...scalarsOf(shown)], nullable);
}

/** Words beside a structure, as in `"networks": "auto"`. */
function eitherOf(shape: Shape, others: readonly Shape[]): Shape {
  return others.length === 0 ? shape : { type: 'choice', options: [shape, ...others] };
}

/** For objects and arrays the samples win. */
function settledType(documented: DocumentedType, shown: ReadonlySet<JsonKind>, hasMembers: boolean): DocumentedType {
  if ((documented === 'object' || documented === 'array') && (shown.size === 0 || shown.has(documented)))
    return documented;
  if (shown.has('object')) return 'object';
  if (shown.has('array')) return 'array';
  if (hasMembers) return 'object';
  return shown.size > 0 && (documented === 'object' || documented === 'array') ? 'unknown' : documented;
}

function agrees(documented: DocumentedType, shown: ReadonlySet<JsonKind>): boolean {
  return documented === 'unknown' || [...shown].every((kind) => kind === documented || isNarrower(kind, documented));
}

function isNarrower(kind: JsonKind, documented: DocumentedType): boolean {
  return kind === 'integer' && documented === 'number';
}

/** Only prose tells of null; these are the forms in which references do. */
export function saysNull({ definition }: ParameterUse): boolean {
  if (definition?.nullable) return true;
  const description = definition?.description ?? '';
  return /\b(?:or|be|is|to|always)\s+`{1,2}null`{1,2}/.test(description);
}

function itemShape(node: PlacedNode, items: SampleNode | undefined, reading: Reading): Shape {
  if (node.children.size === 0 && !node.freeForm) {
    if (!items || items.kinds.size === 0) return { type: 'any' };
    if (items.members.size > 0) sayItems(node, reading);
    return sampleShape(items);
  }
  const nullable = items?.kinds.has('null') ?? false;
  if (!items?.items || items.members.size > 0) return objectShape(node, nullable, reading);
  return { type: 'array', nullable, items: itemShape(node, items.items, reading) };
}

function sayItems(node: PlacedNode, { say }: Reading): void {
  const message = `samples show objects in ${node.path.join('.')} of which no key is documented; any key is allowed there`;
  say('info', 'undocumented-items', message, 'a parameter for each key', node.uses[0]?.use.at);
}

function unknownShape(
  use: UseInRange['use'],
  shown: ReadonlySet<JsonKind>,
  nullable: boolean,
  reading: Reading,
): Shape {
  const type = use.definition?.type ?? '';
  const message = `the type "${type}" of ${use.name} cannot be used; any value is allowed there`;
  if (shown.size === 0) {
    reading.say('warning', 'unknown-type', message, 'string, integer, boolean, array, object, …', use.at);
    return { type: 'any' };
  }
  return choiceOf(scalarsOf(shown), nullable);
}
