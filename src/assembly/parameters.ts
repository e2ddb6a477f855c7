/**
 * Parameters outside the body: path, query and header.
 */
import type { Parameter, Shape } from '../contract/model.ts';
import type { Place, Side } from '../reference/model.ts';
import { inRanges } from './body.ts';
import { sourceAt, type Reading } from './reading.ts';
import { documentedType } from './documented-type.ts';

export function parametersIn(place: Exclude<Place, 'body'>, side: Side, reading: Reading): readonly Parameter[] {
  const uses = reading.operation.parameters.filter((use) => use.side === side && use.definition?.in === place);
  return uses
    .flatMap((use) => inRanges(use, reading))
    .map(({ use, range }) => {
      const shape = textShape(use.definition?.type ?? '');
      const required = use.definition?.required ?? false;
      return { name: use.name, required, shape, range, source: sourceAt(reading, use.at) };
    });
}

/** On the wire all are text; the type says which texts. */
function textShape(type: string): Shape {
  const documented = documentedType(type);
  if (documented === 'integer' || documented === 'number' || documented === 'boolean' || documented === 'string') {
    return { type: documented, nullable: false };
  }
  return documented === 'array' ? { type: 'array', nullable: false, items: { type: 'any' } } : { type: 'any' };
}
