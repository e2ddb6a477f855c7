/** The clauses and microversions that the operator selects. */
import { parseRange, type MicroversionRange } from '../microversion.ts';
import type { OperationId } from '../contract/model.ts';
import type { ApiResource } from './api-resource.ts';
import { groupOf, levelOf, type Clause } from '../clauses/clause.ts';

export const modes = ['full', 'read-only'] as const;
export type Mode = (typeof modes)[number];

/**
 * The microversions at which a clause is tested: the first and last of each revision, every one, or only the newest.
 */
export type Cases = 'revisions' | 'sweep' | 'once';

export interface Selection {
  /** Resources whose operations are selected; empty means all. */
  readonly resources: readonly ApiResource[];
  /** Globs over operation and clause ids; empty means all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** The weakest level to run: `must` leaves SHOULD and MAY out. */
  readonly level: 'must' | 'should' | 'may';
  readonly microversions: readonly (MicroversionRange | 'latest' | 'all')[];
  readonly cases: Cases;
  /** `read-only`: nothing is created, changed or removed. */
  readonly mode: Mode;
}

export const everything: Selection = {
  resources: [],
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
    isOfResources(selection, clause.operation) &&
    (selection.include.length === 0 || selection.include.some(hit)) &&
    !selection.exclude.some(hit)
  );
}

function isOfResources({ resources }: Selection, operation: OperationId): boolean {
  return resources.length === 0 || resources.some(({ operations }) => operations.includes(operation));
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

/** Parses `2.1,2.60-2.79,latest`; `error` is the first part that is not valid. */
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
