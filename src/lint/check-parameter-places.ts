/** Finds definitions whose place does not fit their use: path, response, or a body that the method does not have. */
import type { Report } from '../diagnostic.ts';
import type { ParameterUse, ReferenceOperation } from '../reference/model.ts';
import type { Linted } from './linted.ts';

const bodiless: readonly string[] = ['GET', 'HEAD'];

export function checkParameterPlaces({ reference }: Linted, report: Report): void {
  for (const operation of reference.operations) {
    for (const use of operation.parameters) checkPlace(use, operation, report);
  }
}

function checkPlace(use: ParameterUse, { path, method, parameters }: ReferenceOperation, report: Report): void {
  const { definition, name, reference, side, at } = use;
  if (!definition) return;
  const place = definition.in;
  const isInPath = side === 'request' && path.includes(`{${name}}`);
  const hasOwn = parameters.some(
    (other) => other.side === side && other.name === name && other.definition?.in === 'path',
  );
  if (isInPath && !hasOwn) {
    const message = `${name} is in the path, but ${reference} is defined as a ${place} parameter`;
    report({ severity: 'warning', code: 'path-parameter-place', at, message, expected: 'a definition with in: path' });
  } else if (isInPath && place === 'path' && !definition.required) {
    const message = `${name} is in the path, but ${reference} is defined as optional`;
    report({ severity: 'warning', code: 'optional-path-parameter', at, message, expected: 'required: true' });
  } else if (side === 'response' && (place === 'path' || place === 'query')) {
    const message = `${name} is listed in the response, but ${reference} is defined as a ${place} parameter`;
    const expected = 'a definition with in: body or in: header';
    report({ severity: 'warning', code: 'response-parameter-place', at, message, expected });
  } else if (side === 'request' && place === 'body' && bodiless.includes(method)) {
    const message = `${name} is listed for the body of a ${method}, which has none`;
    report({ severity: 'warning', code: 'body-of-bodiless', at, message, expected: 'a definition with in: query' });
  }
}
