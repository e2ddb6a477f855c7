/** Which clauses and microversions the operator asked for. */
import { parseRange, type MicroversionRange } from '../microversion.ts';
import type { OperationId } from '../contract/model.ts';
import { groupOf, levelOf, type Clause } from './clause.ts';

export const modes = ['full', 'read-only'] as const;
export type Mode = (typeof modes)[number];

/**
 * At which microversions a clause is tried: at the first and last of each revision, at every one, or only once, at the
 * newest.
 */
export type Cases = 'revisions' | 'sweep' | 'once';

export interface Selection {
  /** Globs over operation and clause ids; empty means all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** The weakest level to run: `must` leaves SHOULD and MAY out. */
  readonly level: 'must' | 'should' | 'may';
  readonly microversions: readonly (MicroversionRange | 'latest' | 'all')[];
  readonly cases: Cases;
  /** `read-only`: nothing is made, changed or removed. */
  readonly mode: Mode;
}

export const everything: Selection = {
  include: [],
  exclude: [],
  level: 'may',
  microversions: ['all'],
  cases: 'revisions',
  mode: 'full',
};

const strength = { MUST: 0, 'MUST NOT': 0, SHOULD: 1, 'SHOULD NOT': 1, MAY: 2 } as const;
const weakest = { must: 0, should: 1, may: 2 } as const;

export function selects(selection: Selection, clause: Clause): boolean {
  const names = [clause.id, groupOf(clause)];
  const hit = (glob: string): boolean => names.some((name) => matchesGlob(glob, name));
  return (
    strength[levelOf(clause.statement)] <= weakest[selection.level] &&
    (selection.include.length === 0 || selection.include.some(hit)) &&
    !selection.exclude.some(hit)
  );
}

/** True when the operator named the operation itself, or clauses of it by its id. */
export function namesOperation({ include }: Pick<Selection, 'include'>, id: OperationId): boolean {
  return include.some((glob) => fitsPattern(glob.split(/[#@]/)[0] ?? glob, id));
}

/** `*` stands for any characters; a case id selects its clause. */
export function matchesGlob(glob: string, name: string): boolean {
  const [clause = glob] = glob.split('@');
  return fitsPattern(clause, name);
}

/** `*` stands for any characters. */
export function fitsPattern(glob: string, name: string): boolean {
  const pattern = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`, 's').test(name);
}

/** Reads `2.1,2.60-2.79,latest`; the piece that is none of these comes back as the error. */
export function parseMicroversionList(
  text: string,
): { readonly list: Selection['microversions'] } | { readonly error: string } {
  const pieces = text.split(',').map((piece) => piece.trim());
  const list: (MicroversionRange | 'latest')[] = [];
  for (const piece of pieces) {
    const parsed = piece === 'latest' ? piece : parseRange(piece);
    if (!parsed) return { error: piece };
    list.push(parsed);
  }
  return { list };
}
