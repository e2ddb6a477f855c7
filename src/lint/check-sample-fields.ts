/**
 * Compares samples with the documentation of their microversion: required members that are not shown, and members shown
 * outside the range of their definition.
 */
import { bodiesOf, KEYS, knownNames, pathText } from '../contract/members.ts';
import type { ContractSample, Member, ObjectShape, Operation, Shape, Source } from '../contract/model.ts';
import { revisionAt } from '../contract/questions.ts';
import type { Position, Report } from '../diagnostic.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { formatMicroversion, formatRange } from '../microversion.ts';
import { usesByLine } from './finding-places.ts';
import type { Linted } from './linted.ts';

export function checkSampleFields({ reference, contract }: Linted, report: Report): void {
  const useAt = usesByLine(reference);
  const included = new Set(
    reference.operations.flatMap(({ at, samples }) => samples.map(({ file }) => inclusion(at, file))),
  );
  for (const operation of contract.operations) {
    const samples = operation.samples.filter(({ file }) => included.has(inclusion(operation.source, file)));
    const gaps = samples.flatMap((sample) => gapsOf(sample, operation));
    for (const group of grouped(gaps))
      reportGap(group, (member) => useAt(member.source)?.at ?? placeOf(member.source), report);
  }
}

/** Only samples that the text includes belong to the operation; other versions of the file may be another's. */
function inclusion({ file, line }: Pick<Position, 'file' | 'line'>, sample: string): string {
  return `${file}:${line} ${sample}`;
}

interface Gap {
  readonly code: 'sample-lacks-field' | 'sample-field-version';
  readonly member: Member;
  readonly sample: ContractSample;
  readonly path: readonly string[];
}

function gapsOf(sample: ContractSample, operation: Operation): readonly Gap[] {
  const revision = revisionAt(operation, sample.range.first);
  const [body] = revision ? bodiesOf(revision, sample.side).filter(({ kind }) => kind === 'json') : [];
  if (body?.kind !== 'json') return [];
  const others = otherMembers(operation, sample);
  return gapsIn(body.shape, sample.value, [], { sample, others });
}

interface Walk {
  readonly sample: ContractSample;
  /** Members of any microversion, by their path. */
  readonly others: ReadonlyMap<string, Member>;
}

function gapsIn(shape: Shape, value: Json, path: readonly string[], walk: Walk): readonly Gap[] {
  if (shape.type === 'choice') {
    const fitting = shape.options.filter(({ type }) => type === 'object' || type === 'array');
    const [only] = fitting;
    return only && fitting.length === 1 ? gapsIn(only, value, path, walk) : [];
  }
  if (shape.type === 'array' && Array.isArray(value)) {
    return (value as readonly Json[]).flatMap((item) => gapsIn(shape.items, item, [...path, '[]'], walk));
  }
  return shape.type === 'object' && isJsonObject(value) ? gapsInObject(shape, value, path, walk) : [];
}

function gapsInObject(
  { members, values }: ObjectShape,
  value: JsonObject,
  path: readonly string[],
  walk: Walk,
): readonly Gap[] {
  const { sample, others } = walk;
  const names = new Set(members.map(({ name }) => name));
  const untimely = Object.keys(value).flatMap((key): readonly Gap[] => {
    const place = [...path, key];
    const member = names.has(key) ? undefined : others.get(pathText(place));
    return member ? [{ code: 'sample-field-version', member, sample, path: place }] : [];
  });
  const inner = members.flatMap((member): readonly Gap[] => {
    const place = [...path, member.name];
    const own = value[member.name];
    if (own !== undefined) return gapsIn(member.shape, own, place, walk);
    return member.required ? [{ code: 'sample-lacks-field', member, sample, path: place }] : [];
  });
  const mapped = values
    ? Object.entries(value).flatMap(([key, own]) => (names.has(key) ? [] : gapsIn(values, own, [...path, KEYS], walk)))
    : [];
  return [...untimely, ...inner, ...mapped];
}

function otherMembers(operation: Operation, { side }: ContractSample): ReadonlyMap<string, Member> {
  const found = new Map<string, Member>();
  if (knownNames(operation, side).size === 0) return found;
  for (const revision of operation.revisions) {
    for (const body of bodiesOf(revision, side)) if (body.kind === 'json') collect(body.shape, [], found);
  }
  return found;
}

function collect(shape: Shape, path: readonly string[], found: Map<string, Member>): void {
  if (shape.type === 'array') collect(shape.items, [...path, '[]'], found);
  else if (shape.type === 'choice') for (const option of shape.options) collect(option, path, found);
  else if (shape.type === 'object') {
    for (const member of shape.members) {
      found.set(pathText([...path, member.name]), member);
      collect(member.shape, [...path, member.name], found);
    }
    if (shape.values) collect(shape.values, [...path, KEYS], found);
  }
}

/** One message for all samples that lack the same fields, and one for each line whose range is too small. */
function grouped(gaps: readonly Gap[]): readonly Group[] {
  const lackedIn = groupBy(
    gaps.filter(({ code }) => code === 'sample-lacks-field'),
    ({ sample }) => sample.file,
  );
  const lacking = groupBy(lackedIn, (own) => [...new Set(own.map(nameOf))].join());
  const untimely = gaps.filter(({ code }) => code === 'sample-field-version');
  return [...lacking.map((groups) => groups.flat()), ...groupBy(untimely, nameOf)].flatMap(([first, ...more]) => {
    return first ? [[first, ...more] as const] : [];
  });
}

type Group = readonly [Gap, ...Gap[]];

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

function nameOf({ path }: Gap): string {
  return path.filter((key) => key !== '[]').join('.');
}

function reportGap(group: Group, placeIn: (member: Member) => Position, report: Report): void {
  const [{ code, member, sample }] = group;
  const names = [...new Set(group.map(nameOf))];
  const files = [...new Set(group.map((gap) => `${gap.sample.file} (${formatMicroversion(gap.sample.range.first)})`))];
  if (code === 'sample-lacks-field') {
    const message = `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} documented as required but missing in ${files.join(', ')}`;
    const expected = 'a sample that has all required fields, or required: false';
    report({ severity: 'warning', code, at: placeOf(sample.source), message, expected });
  } else {
    const message = `${names.join()} is documented for ${formatRange(member.range)} but shown in ${files.join(', ')}`;
    report({
      severity: 'warning',
      code,
      at: placeIn(member),
      message,
      expected: 'a range that includes the version of the sample',
    });
  }
}

function placeOf({ file, line }: Source): Position {
  return { file, line, column: 1 };
}
