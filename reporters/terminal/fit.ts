/** Fits the sections of the terminal report into a number of lines: the least important section is shortened first. */
import { lengthOf } from './layout.ts';

export interface Section {
  /** Missing: no heading. */
  readonly title?: string;
  readonly entries: readonly Entry[];
  /** The number of entries that always stay. */
  readonly least: number;
  /** A section with a lower weight is shortened first; one without a weight never is. */
  readonly weight?: number;
  /** The line that replaces this number of omitted entries. */
  readonly rest: (count: number) => string;
}

/** One or more lines, shown in full, in brief, or not at all. */
export interface Entry {
  readonly full: string;
  readonly brief?: string;
}

/**
 * Joins the sections with one empty line between them. Lines are counted as a terminal of this width shows them, which
 * wraps long ones. Space that is left after shortening goes back to the most important sections first.
 */
export function fit(sections: readonly Section[], mostLines: number, width: number): string {
  const shown = sections.filter(({ entries }) => entries.length > 0).map(inFull);
  const shrinkable = shown
    .filter(({ section }) => section.weight !== undefined)
    .sort((a, b) => (a.section.weight ?? 0) - (b.section.weight ?? 0));
  const rows = (one: Shown): number => rowsOf(textOf(one), width);
  let length = shown.reduce((sum, one) => sum + rows(one) + 1, -1);
  const change = (
    one: Shown,
    step: (one: Shown) => Shown | undefined,
    isAccepted: (length: number) => boolean,
  ): boolean => {
    const next = step(one);
    if (!next) return false;
    const after = length - rows(one) + rows(next);
    if (!isAccepted(after)) return false;
    Object.assign(one, next);
    length = after;
    return true;
  };
  for (const one of shrinkable) while (length > mostLines && change(one, shorter, () => true));
  for (const one of shrinkable.toReversed()) while (change(one, longer, (after) => after <= mostLines));
  return shown.map(textOf).join('\n\n');
}

interface Shown {
  readonly section: Section;
  /** The number of entries in full; the others, up to `count`, are in brief. */
  full: number;
  count: number;
}

function inFull(section: Section): Shown {
  return { section, full: section.entries.length, count: section.entries.length };
}

/** Makes entries brief, from the end, then drops them. Undefined when nothing more can be shortened. */
function shorter({ section, full, count }: Shown): Shown | undefined {
  const canBeBrief = section.entries[full - 1]?.brief !== undefined;
  if (canBeBrief && full > 1) return { section, full: full - 1, count };
  if (count > section.least) return { section, full: Math.min(full, count - 1), count: count - 1 };
  return canBeBrief && full > 0 ? { section, full: full - 1, count } : undefined;
}

/** The reverse of `shorter`: more entries, then more of them in full. */
function longer({ section, full, count }: Shown): Shown | undefined {
  const next = section.entries[count];
  if (next) return { section, full: next.brief === undefined && full === count ? full + 1 : full, count: count + 1 };
  return full < count ? { section, full: full + 1, count } : undefined;
}

function textOf({ section: { title, entries, rest }, full, count }: Shown): string {
  const left = entries.length - count;
  return [
    ...(title === undefined ? [] : [title]),
    ...entries.slice(0, count).map((entry, index) => (index < full ? entry.full : (entry.brief ?? entry.full))),
    ...(left > 0 ? [rest(left)] : []),
  ].join('\n');
}

const colours = /\u001b\[\d+m/g;

function rowsOf(text: string, width: number): number {
  const lines = text.replace(colours, '').split('\n');
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(lengthOf(line) / width)), 0);
}
