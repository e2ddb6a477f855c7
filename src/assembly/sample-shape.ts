/** Shapes of values that only samples describe, and of scalars of several types. */
import { KEYS } from '../contract/members.ts';
import type { Member, ScalarShape, Shape, Source } from '../contract/model.ts';
import type { MicroversionRange } from '../microversion.ts';
import type { JsonKind, SampleNode } from './sample-tree.ts';

type ScalarType = ScalarShape['type'];

export interface Shown {
  readonly source: Source;
  readonly range: MicroversionRange;
  /** The text says of every value that it may be null. */
  readonly nullable: boolean;
  /** Names that the text documents elsewhere in the operation as maps. */
  readonly maps?: ReadonlySet<string>;
}

/** An object stays open: samples do not show all its keys. Those that they show are members that may be present. */
export function sampleShape(node: SampleNode, shown: Shown): Shape {
  const nullable = shown.nullable || node.kinds.has('null');
  const kinds = [...node.kinds.keys()].filter((kind) => kind !== 'null');
  const shapes = kinds.map((kind): Shape => {
    if (kind === 'object') return { type: 'object', nullable, members: membersIn(node, shown), open: true };
    if (kind === 'array') {
      const items: Shape = node.items ? sampleShape(node.items, { ...shown, nullable: false }) : { type: 'any' };
      return { type: 'array', nullable, items };
    }
    return { type: kind, nullable };
  });
  return shapes.length === 0 ? { type: 'any' } : oneOrChoice(shapes, nullable);
}

/** A key that is no identifier is one of a map. */
const IDENTIFIER = /^[A-Za-z_][\w:-]*$/;

function membersIn({ members }: SampleNode, shown: Shown): readonly Member[] {
  const { source, range } = shown;
  const isMap = [...members.keys()].some((key) => key === KEYS || !IDENTIFIER.test(key));
  if (isMap) return [];
  return [...members].map(([name, node]) => {
    const shape = sampleShape(node, shown);
    const isMapHere = shown.maps?.has(name) === true && shape.type === 'object';
    return {
      name,
      required: false,
      shape: isMapHere ? { ...shape, members: [] } : shape,
      range,
      source,
      confidence: 'shown',
    };
  });
}

/** Scalars of the types, each once, as one shape; an integer is a number already. */
export function choiceOf(types: readonly ScalarType[], nullable: boolean): Shape {
  const distinct = [...new Set(types)].filter((type) => type !== 'integer' || !types.includes('number'));
  return oneOrChoice(
    distinct.map((type) => ({ type, nullable })),
    nullable,
  );
}

export function scalarsOf(kinds: ReadonlySet<JsonKind>): readonly ScalarType[] {
  const scalars: readonly string[] = ['string', 'integer', 'number', 'boolean'];
  return [...kinds].filter((kind): kind is ScalarType => scalars.includes(kind));
}

function oneOrChoice(shapes: readonly Shape[], nullable: boolean): Shape {
  const [first, ...rest] = shapes;
  if (!first) return nullable ? { type: 'null' } : { type: 'any' };
  return rest.length === 0 ? first : { type: 'choice', options: [first, ...rest] };
}
