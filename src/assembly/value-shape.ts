/**
 * The shapes of one documented value: its type by the text, corrected by what samples show, one for each range of
 * microversions in which it stays the same.
 */
import type { Facets, Shape } from '../contract/model.ts';
import { intersect, splitRange, type MicroversionRange } from '../microversion.ts';
import type { PlacedNode, UseInRange } from './body-tree.ts';
import { documentedType, type DocumentedType } from './documented-type.ts';
import type { Reading } from './reading.ts';
import { objectShape, shownBy } from './root-shape.ts';
import { choiceOf, sampleShape, scalarsOf } from './sample-shape.ts';
import type { JsonKind, SampleNode } from './sample-tree.ts';
import { saysOrEmpty, saysOrOne } from './said-of-place.ts';
import { statedFacets } from './stated-facets.ts';
import { statedNull } from './stated-null.ts';
import { ends, shownKinds, showsNull, type ShownKind } from './shown-kinds.ts';

export interface ShapeInRange {
  readonly shape: Shape;
  readonly range: MicroversionRange;
}

export function valueShapes(node: PlacedNode, { use, range }: UseInRange, reading: Reading): readonly ShapeInRange[] {
  const documented = documentedType(use.definition?.type ?? '');
  const shown = (node.sample ? shownKinds(node.sample) : []).map((one) => withoutEnd(one, documented));
  const nulls = statedNull(use, reading.operation);
  const facets = statedFacets(use, node.sample?.texts ?? new Set());
  const value: Value = {
    node,
    use,
    reading,
    documented,
    showsNull: node.sample !== undefined && showsNull(node.sample, range, nulls),
  };
  sayType(value, kindsIn(shown, range));
  const cuts = [
    ...shown.filter(({ kind }) => matters(kind, documented, shown)).flatMap((one) => ends(one.range)),
    ...(nulls ? ends(nulls) : []),
    ...facets.cuts,
  ];
  return splitRange(range, cuts).map((piece) => {
    const nullable = value.showsNull || (nulls !== undefined && intersect(nulls, piece) !== undefined);
    const shape = shapeIn(value, kindsIn(shown, piece), nullable);
    return { shape: withFacets(shape, facets.at(piece.first)), range: piece };
  });
}

interface Value {
  readonly node: PlacedNode;
  readonly use: UseInRange['use'];
  readonly reading: Reading;
  readonly documented: DocumentedType;
  readonly showsNull: boolean;
}

/** The text is about the newest form: from the first sample of its type on there is no other. */
function withoutEnd({ kind, range }: ShownKind, documented: DocumentedType): ShownKind {
  return kind === documented ? { kind, range: { first: range.first, last: undefined } } : { kind, range };
}

function kindsIn(shown: readonly ShownKind[], piece: MicroversionRange): ReadonlySet<JsonKind> {
  return new Set(shown.filter(({ range }) => intersect(range, piece)).map(({ kind }) => kind));
}

/** Whether the shape depends on where the kind is shown: the documented one counts only beside a text in its place. */
function matters(kind: JsonKind, documented: DocumentedType, shown: readonly ShownKind[]): boolean {
  if (kind !== documented) return !isNarrower(kind, documented);
  return (documented === 'object' || documented === 'array') && shown.length > 1;
}

function shapeIn({ node, use, documented, reading }: Value, shown: ReadonlySet<JsonKind>, nullable: boolean): Shape {
  const type = settledType(documented, shown, node.children.size > 0);
  const single = type === 'array' && use.definition && saysOrOne(use.definition);
  const words = [...new Set([...scalarsOf(shown), ...(single ? (['string'] as const) : [])])];
  const isEmpty = use.definition !== undefined && saysOrEmpty(use.definition) && !words.includes('string');
  const others: readonly Shape[] = [
    ...words.map((word): Shape => ({ type: word, nullable: false })),
    ...(isEmpty ? [emptyText] : []),
  ];
  if (type === 'object') return eitherOf(objectShape(node, nullable, reading), others);
  if (type === 'array') {
    const items = itemShape(node, node.sample?.items, reading);
    const isUnknown = single && items.type === 'any';
    return eitherOf({ type, nullable, items: isUnknown ? { type: 'string', nullable: false } : items }, others);
  }
  if (type === 'null') return shown.size === 0 ? { type } : choiceOf(scalarsOf(shown), true);
  if (type === 'unknown') return unknownShape(use, shown, nullable, reading);
  return choiceOf([type, ...scalarsOf(shown)], nullable);
}

function sayType({ node, use, documented, reading }: Value, shown: ReadonlySet<JsonKind>): void {
  const type = settledType(documented, shown, node.children.size > 0);
  if (agrees(documented, shown) && (documented === type || documented === 'unknown')) return;
  const message = `${use.name} is documented as ${documented}, and samples show ${[...shown].join(' and ') || type}`;
  reading.say('warning', 'sample-type-differs', message, 'one type in the text and in the samples', use.at);
}

const emptyText: Shape = { type: 'string', nullable: false, facets: { maxLength: 0 } };

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
  if (hasMembers && shown.size === 0) return 'object';
  return shown.size > 0 && (documented === 'object' || documented === 'array') ? 'unknown' : documented;
}

function agrees(documented: DocumentedType, shown: ReadonlySet<JsonKind>): boolean {
  return documented === 'unknown' || [...shown].every((kind) => kind === documented || isNarrower(kind, documented));
}

function isNarrower(kind: JsonKind, documented: DocumentedType): boolean {
  return kind === 'integer' && documented === 'number';
}

/** Limits of texts; other values have none that prose states. */
function withFacets(shape: Shape, facets: Facets | undefined): Shape {
  if (!facets) return shape;
  if (shape.type === 'string') return { ...shape, facets };
  if (shape.type !== 'choice') return shape;
  const [first, ...rest] = shape.options;
  return { type: 'choice', options: [withFacets(first, facets), ...rest.map((option) => withFacets(option, facets))] };
}

function itemShape(node: PlacedNode, items: SampleNode | undefined, reading: Reading): Shape {
  if (node.children.size === 0 && !node.freeForm) {
    if (!items || items.kinds.size === 0) return { type: 'any' };
    if (items.members.size > 0) sayItems(node, reading);
    return sampleShape(items, { ...shownBy(reading, node.uses[0]), nullable: false });
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
    // A member that only prose names has no type, and a definition without one has a diagnostic of its own.
    if (type === '') return { type: 'any' };
    reading.say('warning', 'unknown-type', message, 'string, integer, boolean, array, object, …', use.at);
    return { type: 'any' };
  }
  return choiceOf(scalarsOf(shown), nullable);
}
