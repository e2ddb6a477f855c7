/**
 * Assigns each clause to the outline: in full at the most specific entry that it decides, as a reference at the others.
 */
import { groupBy } from '../../src/group-by.ts';
import type { DecidedBy, Outline, OutlineOperation } from '../../src/records/outline.ts';
import type { PageClause } from './page-data.ts';

interface Placeable {
  readonly clauses: readonly PageClause[];
  readonly outline?: Outline;
}

export interface Placing {
  readonly clause: (id: string) => PageClause | undefined;
  readonly isMainEntry: (entry: DecidedBy, id: string) => boolean;
  /** The operation that shows a clause in full, or `common`; undefined for a clause without an entry in the outline. */
  readonly mainOperationOf: (id: string) => string | undefined;
  /** The clauses of an operation that have no entry in the outline. */
  readonly unplaced: (operation: string) => readonly PageClause[];
}

export function placeClauses({ clauses, outline }: Placeable): Placing {
  const byOperation = groupBy(clauses, ({ operation }): string => operation);
  const byId = new Map(clauses.map((clause) => [clause.id, clause]));
  const mainEntries = new Map<string, ClausesOfEntry & { readonly at: string }>();
  const entries = [
    ...(outline?.operations.flatMap((one) => entriesOf(one).map((entry) => ({ ...entry, at: one.id }))) ?? []),
    ...(outline?.common.flatMap(({ sentences }) => sentences.map((one) => ({ ...withClauses(one), at: 'common' }))) ??
      []),
  ];
  for (const entry of entries) {
    for (const id of entry.by) if (byId.has(id) && !mainEntries.has(id)) mainEntries.set(id, entry);
  }
  return {
    clause: (id) => byId.get(id),
    isMainEntry: (entry, id) => mainEntries.get(id)?.entry === entry,
    mainOperationOf: (id) => mainEntries.get(id)?.at,
    unplaced: (operation) => (byOperation.get(operation) ?? []).filter(({ id }) => !mainEntries.has(id)),
  };
}

interface ClausesOfEntry {
  readonly entry: DecidedBy;
  readonly by: readonly string[];
}

/** The most specific first: sentences, then parameters, then samples and codes. */
function entriesOf({ sentences, parameters, samples, codes }: OutlineOperation): readonly ClausesOfEntry[] {
  const named = parameters.map((entry): ClausesOfEntry => ({ entry, by: parameterClauses(entry) }));
  return [...sentences.map(withClauses), ...named, ...[...samples, ...codes].map(withClauses)];
}

function withClauses(entry: DecidedBy): ClausesOfEntry {
  return { entry, by: entry.by };
}

/** The clauses of a parameter are those of its entry and of the sentences about it. */
export function parameterClauses({ by, sentences }: OutlineOperation['parameters'][number]): readonly string[] {
  return [...new Set([...by, ...sentences.flatMap((sentence) => sentence.by)])];
}
