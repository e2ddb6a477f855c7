/** Shapes on one line: `{server: {id: string, name?: string|null, links: [any], metadata: {…}}}`. */
import type { Member, ObjectShape, Shape } from '../../src/contract/model.ts';
import { formatRange } from '../../src/microversion.ts';

export function sketch(shape: Shape): string {
  switch (shape.type) {
    case 'object':
      return `{${[...shape.members.map(memberSketch), ...othersOf(shape)].join(', ')}}${orNull(shape.nullable)}`;
    case 'array':
      return `[${sketch(shape.items)}]${orNull(shape.nullable)}`;
    case 'choice':
      return shape.options.map(sketch).join(' or ');
    case 'any':
    case 'null':
      return shape.type;
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return `${shape.type}${orNull(shape.nullable)}`;
  }
}

function othersOf({ open, values }: ObjectShape): readonly string[] {
  if (values) return [`*: ${sketch(values)}`];
  return open ? ['…'] : [];
}

function memberSketch({ name, required, shape, range }: Member): string {
  const since = formatRange(range);
  return `${name}${required ? '' : '?'}${since === '2.1-' ? '' : `@${since}`}: ${sketch(shape)}`;
}

function orNull(nullable: boolean): string {
  return nullable ? '|null' : '';
}
