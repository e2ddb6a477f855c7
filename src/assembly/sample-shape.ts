/** Shapes of values that only samples describe, and of scalars of several types. */
import type { ScalarShape, Shape } from '../contract/model.ts';
import type { JsonKind, SampleNode } from './sample-tree.ts';

type ScalarType = ScalarShape['type'];

/** An object stays open: one sample does not tell all its keys. */
export function sampleShape(node: SampleNode): Shape {
  const nullable = node.kinds.has('null');
  const kinds = [...node.kinds.keys()].filter((kind) => kind !== 'null');
  const shapes = kinds.map((kind): Shape => {
    if (kind === 'object') return { type: 'object', nullable, members: [], open: true };
    if (kind === 'array')
      return { type: 'array', nullable, items: node.items ? sampleShape(node.items) : { type: 'any' } };
    return { type: kind, nullable };
  });
  return oneOrChoice(shapes, nullable);
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
