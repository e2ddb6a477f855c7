/**
 * From placed names to the shape of a body: members with their microversions, open where the reference is not clear.
 */
import type { Member, ObjectShape, Shape } from '../contract/model.ts';
import { KEYS } from '../contract/members.ts';
import { contractKey, sameContract } from '../contract/same-contract.ts';
import { compareMicroversions, type MicroversionRange } from '../microversion.ts';
import type { BodyTree, PlacedNode, UseInRange } from './body-tree.ts';
import { sourceAt, type Reading } from './reading.ts';
import { sampleShape } from './sample-shape.ts';
import { containerOf } from './sample-tree.ts';
import { spanOf } from './span-of.ts';
import { valueShape } from './value-shape.ts';

export function rootShape({ root }: BodyTree, reading: Reading): Shape {
  const inner = objectShape(root, false, reading);
  const kinds = root.sample?.kinds;
  if (!kinds?.has('array')) return inner;
  if (!kinds.has('object')) return { type: 'array', nullable: false, items: inner };
  const items = root.sample?.items && sampleShape(root.sample.items);
  return { type: 'choice', options: [inner, { type: 'array', nullable: false, items: items ?? { type: 'any' } }] };
}

/** The object whose members stand under the node. */
export function objectShape(node: PlacedNode, nullable: boolean, reading: Reading): ObjectShape {
  const mapped = node.children.get(KEYS);
  const named = [...node.children.values()].filter((child) => child !== mapped);
  const children = named.filter((child) => !node.freeForm || child.uses.length > 0);
  const members = children.flatMap((child) => membersOf(child, reading));
  const told = members.length > 0 && !node.freeForm;
  const unknown = told || mapped ? undocumentedKeys(node, mapped) : [];
  if (unknown.length > 0) sayUndocumented(node, unknown, reading);
  const isOpen = node.undecided || unknown.length > 0;
  const values = mapped && !isOpen ? valuesShape(mapped, reading) : undefined;
  return {
    type: 'object',
    nullable,
    members,
    open: !told || isOpen || mapped !== undefined,
    ...(values && { values }),
  };
}

/** What stands under the keys of a map. */
function valuesShape(node: PlacedNode, reading: Reading): Shape {
  const shapes = node.uses.map((use) => valueShape(node, use, reading));
  const [first, ...rest] = new Map(shapes.map((shape) => [contractKey(shape), shape])).values();
  if (!first) return containerShape(node, reading);
  return rest.length === 0 ? first : { type: 'choice', options: [first, ...rest] };
}

function undocumentedKeys(node: PlacedNode, mapped: PlacedNode | undefined): readonly string[] {
  const shown = node.sample ? [...containerOf(node.sample).members.keys()] : [];
  const isMapped = (key: string): boolean => mapped?.patterns.some((pattern) => pattern.test(key)) ?? false;
  return shown.filter((key) => !node.children.has(key) && !isMapped(key));
}

/** One member for each line of the list about it; equal neighbours are one. */
function membersOf(node: PlacedNode, reading: Reading): readonly Member[] {
  if (node.uses.length === 0) return [impliedMember(node, reading)];
  sayUncertain(node, reading);
  const later = rangeOfLaterChildren(node);
  const members = [
    ...node.uses.map((use) => documentedMember(node, use, reading)),
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

/** Where its place is uncertain, nothing is said about its having to be there. */
function documentedMember(node: PlacedNode, { use, range }: UseInRange, reading: Reading): Member {
  const certain = node.inferred === undefined && !node.tied;
  return {
    name: node.name,
    required: certain && use.definition?.required === true,
    shape: valueShape(node, { use, range }, reading),
    range,
    source: sourceAt(reading, use.at),
    ...(node.inferred && { inferred: true }),
  };
}

/** A container that no line documents: its members tell that it exists. */
function impliedMember(node: PlacedNode, reading: Reading): Member {
  const message = `${node.path.join('.')} has documented members and is not documented itself`;
  const at = firstUse(node)?.use.at;
  reading.say('warning', 'undocumented-container', message, `a parameter for ${node.name}`, at);
  const shape = containerShape(node, reading);
  return {
    name: node.name,
    required: false,
    shape,
    range: reading.range,
    source: sourceAt(reading, at),
    inferred: true,
  };
}

function containerShape(node: PlacedNode, reading: Reading): Shape {
  const inner = objectShape(node, node.sample?.kinds.has('null') ?? true, reading);
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
