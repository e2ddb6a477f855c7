/**
 * From placed names to the shape of a body: members with their microversions, open where the reference is not clear.
 */
import type { Member, ObjectShape, Shape } from '../contract/model.ts';
import { KEYS } from '../contract/members.ts';
import { contractKey, sameContract } from '../contract/same-contract.ts';
import {
  compareMicroversions,
  formatRange,
  includes,
  intersect,
  splitRange,
  type MicroversionRange,
} from '../microversion.ts';
import type { ParameterUse } from '../reference/model.ts';
import type { BodyTree, PlacedNode, UseInRange } from './body-tree.ts';
import { sourceAt, type Reading } from './reading.ts';
import { sampleShape, type Shown } from './sample-shape.ts';
import { containerOf, isNewest, type SampleNode } from './sample-tree.ts';
import { ends, shownSpan } from './shown-kinds.ts';
import { spanOf } from './span-of.ts';
import { statesNullOfAll } from './stated-null.ts';
import { statedPartial, statedPresence } from './stated-presence.ts';
import { valueShapes } from './value-shape.ts';

export function rootShape({ root }: BodyTree, reading: Reading): Shape {
  const inner = objectShape(root, false, reading);
  const kinds = root.sample?.kinds;
  if (!kinds?.has('array')) return inner;
  if (!kinds.has('object')) return { type: 'array', nullable: false, items: inner };
  const items = root.sample?.items && sampleShape(root.sample.items, shownBy(reading));
  return { type: 'choice', options: [inner, { type: 'array', nullable: false, items: items ?? { type: 'any' } }] };
}

/** The object whose members stand under the node. */
export function objectShape(node: PlacedNode, nullable: boolean, reading: Reading): ObjectShape {
  const mapped = node.children.get(KEYS);
  const named = [...node.children.values()].filter((child) => child !== mapped);
  const children = named.filter((child) => !node.freeForm || child.uses.length > 0);
  const members = children.flatMap((child) => membersOf(child, reading));
  const told = members.length > 0 && !node.freeForm;
  const unknown = told || mapped ? undocumentedKeys(node, mapped, reading) : [];
  if (unknown.length > 0)
    sayUndocumented(
      node,
      unknown.map(({ name }) => name),
      reading,
    );
  const isOpen = !told || mapped !== undefined || node.undecided || node.incomplete || hasFreeKeys(node);
  const openIn = isOpen ? [] : rangesOf(unknown);
  const isAlwaysOpen = openIn.some((range) => formatRange(range) === formatRange(reading.range));
  const values = mapped && !node.undecided && unknown.length === 0 ? valuesShape(mapped, reading) : undefined;
  return {
    type: 'object',
    nullable,
    members: [...members, ...unknown],
    open: isOpen || isAlwaysOpen,
    ...(openIn.length > 0 && !isAlwaysOpen && { openIn }),
    ...(values && { values }),
  };
}

/** Each range once. */
function rangesOf(members: readonly Member[]): readonly MicroversionRange[] {
  return [...new Map(members.map(({ range }) => [formatRange(range), range])).values()];
}

/** What stands under the keys of a map. */
function valuesShape(node: PlacedNode, reading: Reading): Shape {
  const shapes = node.uses.flatMap((use) => valueShapes(node, use, reading)).map(({ shape }) => shape);
  const [first, ...rest] = new Map(shapes.map((shape) => [contractKey(shape), shape])).values();
  if (!first) return containerShape(node, reading);
  return rest.length === 0 ? first : { type: 'choice', options: [first, ...rest] };
}

/** What samples show and no parameter documents, as members that may be there. */
function undocumentedKeys(node: PlacedNode, mapped: PlacedNode | undefined, reading: Reading): readonly Member[] {
  const container = node.sample && containerOf(node.sample);
  if (!container) return [];
  const isMapped = (key: string): boolean => mapped?.patterns.some((pattern) => pattern.test(key)) ?? false;
  const shown = [...container.members].filter(([key]) => key !== KEYS && !node.children.has(key) && !isMapped(key));
  return shown.flatMap(([key, sample]) => shownMember(key, sample, { node, container, reading }) ?? []);
}

/** What is the same for all that samples of a body show beside the text. */
export function shownBy(reading: Reading, use?: UseInRange): Shown {
  const isResponse = use?.use.side === 'response';
  return {
    source: sourceAt(reading, use?.use.at),
    range: reading.range,
    nullable: isResponse && statesNullOfAll(reading.operation),
  };
}

/** What a later sample leaves out beside documented members may still be there; where none was, it was of another form. */
function isBesideDocumented({ children }: PlacedNode, range: MicroversionRange): boolean {
  return [...children.values()].some(({ uses }) => uses.some((use) => intersect(use.range, range)));
}

function hasFreeKeys({ sample, children }: PlacedNode): boolean {
  return sample !== undefined && containerOf(sample).members.has(KEYS) && !children.has(KEYS);
}

interface Around {
  readonly node: PlacedNode;
  readonly container: SampleNode;
  readonly reading: Reading;
}

function shownMember(name: string, sample: SampleNode, { node, container, reading }: Around): Member | undefined {
  const shown = intersect(shownSpan(sample, container), reading.range);
  const range = shown && isBesideDocumented(node, shown) ? { first: shown.first, last: reading.range.last } : shown;
  if (!range) return undefined;
  const { source } = shownBy(reading, firstUse(node));
  const shape = sampleShape(sample, { ...shownBy(reading, firstUse(node)), range });
  return { name, required: false, shape, range, source, confidence: 'shown' };
}

/** One member for each line of the list about it; equal neighbours are one. */
function membersOf(node: PlacedNode, reading: Reading): readonly Member[] {
  if (node.uses.length === 0) return [impliedMember(node, reading)];
  sayUncertain(node, reading);
  const later = rangeOfLaterChildren(node);
  const members = [
    ...node.uses.flatMap((use) => documentedMembers(node, use, reading)),
    ...(later ? [{ ...impliedMember(node, reading), range: later }] : []),
  ];
  return members.reduce<readonly Member[]>((merged, member) => {
    const before = merged.at(-1);
    const joined = before && sameContract(before, member) ? spanOf(before.range, member.range) : undefined;
    return before && joined ? [...merged.slice(0, -1), { ...before, range: joined }] : [...merged, member];
  }, []);
}

/** Where members begin after the last line about their container has ended, the container is there with them. */
function rangeOfLaterChildren({ uses, children }: PlacedNode): MicroversionRange | undefined {
  const ends = uses.flatMap(({ range }) => range.last ?? []);
  if (ends.length < uses.length) return undefined;
  const [end] = ends.toSorted(compareMicroversions).toReversed();
  const firsts = [...children.values()].flatMap((child) => child.uses.map(({ range }) => range.first));
  const [first] = firsts
    .filter((version) => end && compareMicroversions(version, end) > 0)
    .toSorted(compareMicroversions);
  return first && { first, last: undefined };
}

function documentedMembers(node: PlacedNode, { use, range }: UseInRange, reading: Reading): readonly Member[] {
  const required = requiredRanges(node, { use, range }, reading);
  const pieces = valueShapes(node, { use, range }, reading).flatMap((piece) =>
    splitRange(piece.range, required.flatMap(ends)).map((part) => ({ ...piece, range: part })),
  );
  return pieces.map((piece) => ({
    name: node.name,
    required: required.some((span) => includes(span, piece.range.first)),
    ...piece,
    source: sourceAt(reading, use.at),
    ...((node.inferred !== undefined || node.tied) && { confidence: 'inferred' }),
  }));
}

/** The microversions in which the member has to be there. */
function requiredRanges(node: PlacedNode, one: UseInRange, reading: Reading): readonly MicroversionRange[] {
  if (!hasToBe(node, one.use) || isLacked(node, one, reading)) return [];
  const { required } = one.use.definition ? statedPresence(one.use.definition) : {};
  const own = required && intersect(required, one.range);
  const except = [...emptyRanges(node), ...(one.use.side === 'response' ? partialRanges(node, reading) : [])];
  return own ? except.reduce<readonly MicroversionRange[]>(withoutRange, [own]) : [];
}

/** Those in which the text allows an object without members around it. */
function emptyRanges({ parent }: PlacedNode): readonly MicroversionRange[] {
  const definitions = parent?.uses.flatMap(({ use }) => use.definition ?? []) ?? [];
  return definitions.flatMap((definition) => statedPresence(definition).empty ?? []);
}

/** Those in which the text says that members may be missing, and a sample has the object without this one. */
function partialRanges({ name, parent }: PlacedNode, { operation }: Reading): readonly MicroversionRange[] {
  const partial = statedPartial(operation);
  const objects = parent?.sample ? containerOf(parent.sample).objects : [];
  const lacks = objects.some(
    ({ keys, range }) => partial && intersect(partial, range) && keys.size > 0 && !keys.has(name),
  );
  return partial && lacks ? [partial] : [];
}

function withoutRange(ranges: readonly MicroversionRange[], except: MicroversionRange): readonly MicroversionRange[] {
  return ranges.flatMap((range) => splitRange(range, ends(except)).filter((part) => !includes(except, part.first)));
}

/** Where it might as well stand elsewhere, or samples show its container without it, nothing is said about that. */
function hasToBe({ tied, doubtful, sample, parent }: PlacedNode, { definition }: ParameterUse): boolean {
  const isMissing = !sample && parent?.sample !== undefined && containerOf(parent.sample).members.size > 0;
  return definition?.required === true && !tied && !doubtful && !isMissing;
}

/**
 * Whether a sample of a response that is the only form of its file has the object without the member, though the text says
 * that it has to be there. A sample of older microversions than the member says nothing.
 */
function isLacked({ name, parent }: PlacedNode, { use, range }: UseInRange, reading: Reading): boolean {
  if (use.side === 'request' || !parent?.sample) return false;
  const isFirst = compareMicroversions(range.first, reading.range.first) === 0;
  return containerOf(parent.sample).objects.some(({ keys, range: { first, last } }) => {
    const isOnly = isNewest(first) || (isFirst && first.major === 0 && !last);
    return isOnly && keys.size > 0 && !keys.has(name);
  });
}

/** A container that no line documents: its members show that it exists, and required ones that it is required. */
function impliedMember(node: PlacedNode, reading: Reading): Member {
  const message = `${node.path.join('.')} has documented members and is not documented itself`;
  const at = firstUse(node)?.use.at;
  reading.say('warning', 'undocumented-container', message, `a parameter for ${node.name}`, at);
  const shape = containerShape(node, reading);
  return {
    name: node.name,
    required: [...node.children.values()].some((child) => isAlwaysThere(child, reading)),
    shape,
    range: reading.range,
    source: sourceAt(reading, at),
    confidence: node.sample ? 'shown' : 'inferred',
  };
}

/** At every microversion of the operation. */
function isAlwaysThere(node: PlacedNode, reading: Reading): boolean {
  const { uses, children } = node;
  if (uses.length === 0) return [...children.values()].some((child) => isAlwaysThere(child, reading));
  const isRequired = (one: UseInRange): boolean =>
    requiredRanges(node, one, reading).some((required) => formatRange(required) === formatRange(one.range));
  if (!uses.every(isRequired)) return false;
  const [first, ...rest] = uses.map(({ range }) => range);
  const joined =
    first && rest.reduce<MicroversionRange | undefined>((span, range) => span && spanOf(span, range), first);
  return joined !== undefined && formatRange(joined) === formatRange(reading.range);
}

function containerShape(node: PlacedNode, reading: Reading): Shape {
  const inner = objectShape(node, node.sample?.kinds.has('null') ?? false, reading);
  const isList = node.sample?.kinds.has('array') === true && !node.sample.kinds.has('object');
  return isList ? { type: 'array', nullable: inner.nullable, items: { ...inner, nullable: false } } : inner;
}

function firstUse(node: PlacedNode): UseInRange | undefined {
  return node.uses[0] ?? [...node.children.values()].map(firstUse).find((use) => use !== undefined);
}

function sayUncertain(node: PlacedNode, { say }: Reading): void {
  const at = node.uses[0]?.use.at;
  const place = node.path.join('.');
  if (node.tied) {
    say(
      'warning',
      'ambiguous-place',
      `${node.name} could stand in several places; ${place} is taken`,
      'a dotted name',
      at,
    );
  }
  if (node.inferred) {
    const by = node.inferred === 'name' ? 'its dotted name' : 'the names around it';
    const message = `no sample shows ${node.name}; it is placed at ${place} by ${by}`;
    say('info', 'inferred-place', message, 'a sample that shows it', at);
  }
}

function sayUndocumented(node: PlacedNode, keys: readonly string[], { say }: Reading): void {
  const place = node.path.length === 0 ? 'the body' : node.path.join('.');
  const message = `samples show ${keys.join(', ')} in ${place}, which no parameter documents; other keys are allowed there`;
  say('warning', 'undocumented-member', message, 'a parameter for each key', firstUse(node)?.use.at);
}
