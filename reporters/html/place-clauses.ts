/**
 * Where each clause stands in the outline: once in full, at the most telling of the places that it answers for, and as a
 * reference at the others.
 */
import { groupBy } from '../../src/group-by.ts';
import type { Answered, Outline, OutlineOperation } from '../../src/report/outline.ts';
import type { PageClause } from './page-data.ts';

interface Placeable {
  readonly clauses: readonly PageClause[];
  readonly outline?: Outline;
}

export interface Placing {
  readonly clause: (id: string) => PageClause | undefined;
  readonly isHome: (entry: Answered, id: string) => boolean;
  /** The operation at whose entry a clause stands in full, or `common`; undefined for those that stand at none. */
  readonly homeOf: (id: string) => string | undefined;
  /** Clauses that stand beside nothing that the outline has. */
  readonly further: (operation: string) => readonly PageClause[];
}

export function placeClauses({ clauses, outline }: Placeable): Placing {
  const byOperation = groupBy(clauses, ({ operation }): string => operation);
  const byId = new Map(clauses.map((clause) => [clause.id, clause]));
  const homes = new Map<string, Place & { readonly at: string }>();
  const places = [
    ...(outline?.operations.flatMap((one) => ownPlaces(one).map((place) => ({ ...place, at: one.id }))) ?? []),
    ...(outline?.common.flatMap(({ sentences }) => sentences.map((one) => ({ ...placeOf(one), at: 'common' }))) ?? []),
  ];
  for (const place of places) {
    for (const id of place.by) if (byId.has(id) && !homes.has(id)) homes.set(id, place);
  }
  return {
    clause: (id) => byId.get(id),
    isHome: (entry, id) => homes.get(id)?.entry === entry,
    homeOf: (id) => homes.get(id)?.at,
    further: (operation) => (byOperation.get(operation) ?? []).filter(({ id }) => !homes.has(id)),
  };
}

interface Place {
  readonly entry: Answered;
  readonly by: readonly string[];
}

/** What says most comes first: a sentence says more than the name of a parameter, and that more than a code. */
function ownPlaces({ sentences, parameters, samples, codes }: OutlineOperation): readonly Place[] {
  const named = parameters.map((entry): Place => ({ entry, by: answeringParameter(entry) }));
  return [...sentences.map(placeOf), ...named, ...[...samples, ...codes].map(placeOf)];
}

function placeOf(entry: Answered): Place {
  return { entry, by: entry.by };
}

/** The clauses of a parameter are those of its place in the list and of what is said about it. */
export function answeringParameter({ by, sentences }: OutlineOperation['parameters'][number]): readonly string[] {
  return [...new Set([...by, ...sentences.flatMap((sentence) => sentence.by)])];
}
