/**
 * Parameters outside the body: path, query and header.
 */
import type { Facets, Parameter, Shape } from '../contract/model.ts';
import { splitRange } from '../microversion.ts';
import type { Place, Side } from '../reference/model.ts';
import { inRanges } from './body.ts';
import { sourceAt, type Reading } from './reading.ts';
import { documentedType } from './documented-type.ts';
import { statedFacets } from './stated-facets.ts';

export function parametersIn(place: Exclude<Place, 'body'>, side: Side, reading: Reading): readonly Parameter[] {
  const uses = reading.operation.parameters.filter((use) => use.side === side && use.definition?.in === place);
  return uses
    .flatMap((use) => inRanges(use, reading))
    .flatMap(({ use, range }) => {
      const required = use.definition?.required ?? false;
      const source = sourceAt(reading, use.at);
      const facets = statedFacets(use, new Set());
      return splitRange(range, facets.cuts).map((piece) => {
        const shape = textShape(use.definition?.type ?? '', facets.at(piece.first));
        return { name: use.name, required, shape, range: piece, source };
      });
    });
}

/** On the wire all are text; the type says which texts. */
function textShape(type: string, facets: Facets | undefined): Shape {
  const documented = documentedType(type);
  if (documented === 'integer' || documented === 'number' || documented === 'boolean' || documented === 'string') {
    return { type: documented, nullable: false, ...(facets && { facets }) };
  }
  return documented === 'array' ? { type: 'array', nullable: false, items: { type: 'any' } } : { type: 'any' };
}
