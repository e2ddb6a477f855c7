/** Finds names listed twice on one side: alternatives need disjoint microversions, otherwise one hides the other. */
import type { Report } from '../diagnostic.ts';
import { compareMicroversions, intersect, type MicroversionRange } from '../microversion.ts';
import type { ParameterUse, ReferenceOperation } from '../reference/model.ts';
import type { Linted } from './linted.ts';

export function checkListedNames({ reference }: Linted, report: Report): void {
  for (const { parameters } of reference.operations) {
    parameters.forEach((use, index) => {
      const earlier = parameters.slice(0, index).find((other) => isSameName(other, use) && overlaps(other, use));
      if (earlier) reportTwice(earlier, use, report);
    });
  }
  reference.operations.forEach((operation) => checkSides(operation, report));
}

/** Body names without dots may belong to several containers; only adjacent lines are about the same place. */
function isSameName(a: ParameterUse, b: ParameterUse): boolean {
  if (a.name !== b.name || a.side !== b.side || a.block !== b.block || !a.definition || !b.definition) return false;
  return a.definition.in === b.definition.in && (b.definition.in !== 'body' || b.at.line - a.at.line === 1);
}

function overlaps(a: ParameterUse, b: ParameterUse): boolean {
  return intersect(rangeOf(a), rangeOf(b)) !== undefined;
}

function rangeOf({ definition, headingRange }: ParameterUse): MicroversionRange {
  const own = { first: definition?.minVersion ?? { major: 0, minor: 0 }, last: definition?.maxVersion };
  const usable = !own.last || compareMicroversions(own.first, own.last) <= 0 ? own : { ...own, last: undefined };
  return (headingRange && intersect(usable, headingRange)) ?? usable;
}

function reportTwice(earlier: ParameterUse, { name, reference, at }: ParameterUse, report: Report): void {
  const same = earlier.reference === reference;
  const message = same
    ? `${name} is listed twice, first in line ${earlier.at.line}`
    : `${name} is ${reference} here and ${earlier.reference} in line ${earlier.at.line}, at the same microversions; which one applies is undefined`;
  const expected = same ? 'each name once' : 'min_version and max_version that do not overlap';
  report({ severity: 'warning', code: same ? 'listed-twice' : 'shadowed-parameter', at, message, expected });
}

/** A name should have the same type in the request and in the response. */
function checkSides({ parameters }: ReferenceOperation, report: Report): void {
  const request = parameters.filter(({ side, definition }) => side === 'request' && definition?.in === 'body');
  for (const use of parameters.filter(({ side, definition }) => side === 'response' && definition?.in === 'body')) {
    const sent = request.filter(({ name }) => name === use.name);
    const [only] = sent;
    if (!only?.definition || !use.definition || sent.length > 1) continue;
    const [was, is] = [only.definition.type, use.definition.type];
    if (was === is || was === '' || is === '' || !overlaps(only, use)) continue;
    const message = `${use.name} is ${is} in the response and ${was} in the request`;
    const expected = 'one type on both sides, or a sentence on the difference';
    report({ severity: 'info', code: 'contradictory-types', at: use.at, message, expected });
  }
}
