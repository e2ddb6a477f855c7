/** What the headings above a block say about it: the side, and in some references a range of microversions. */
import { compareMicroversions, parseMicroversion, type MicroversionRange } from '../microversion.ts';
import type { Side } from './model.ts';

export interface HeadingContext {
  readonly side?: Side;
  readonly headingRange?: MicroversionRange;
}

const SIDE = /\b(request|response)s?\b/i;
const SIDE_TITLE =
  /^(?:request|response)s?(?:\s+(?:parameters?|par?amm?e?ters|examples?|body|headers?|codes?|messages?|query))*\s*(?:\(.*\))?$/i;
const RANGE =
  /\(\s*(?:(?:since|from|new in)\s+)?(?:API\s+)?(?:(?:micro)?versions?\s+)?v?(\d+\.\d+)\s*(-\s*v?(\d+\.\d+)?)?\s*\)/i;

/** The nearest heading that says something counts; `titles` begin with the outermost. */
export function headingContext(titles: readonly string[]): HeadingContext {
  const side = titles.findLast((title) => SIDE.test(title));
  const headingRange = titles.map(rangeInTitle).findLast((range) => range !== undefined);
  return {
    ...(side !== undefined && { side: sideNamed(side) }),
    ...(headingRange && { headingRange }),
  };
}

/** Whether a title is nothing but the name of a side, so that it cannot be the title of an operation. */
export function isSideTitle(title: string): boolean {
  return SIDE_TITLE.test(title);
}

/** The side that a heading, a caption or a bold line names. */
export function sideIn(text: string): Side | undefined {
  return SIDE.test(text) ? sideNamed(text) : undefined;
}

function sideNamed(text: string): Side {
  return SIDE.exec(text)?.[1]?.toLowerCase() === 'request' ? 'request' : 'response';
}

/** `(microversions 1.12 - )`, `(microversion 1.1 - 1.18)`, `(since API v2.45)`, `(v3.65)`: a single one is read as "from then on". */
export function rangeInTitle(title: string): MicroversionRange | undefined {
  const match = RANGE.exec(title);
  const first = parseMicroversion(match?.[1] ?? '');
  if (!first) return undefined;
  const last = parseMicroversion(match?.[3] ?? '');
  if (!last) return { first, last: undefined };
  return compareMicroversions(first, last) <= 0 ? { first, last } : undefined;
}
