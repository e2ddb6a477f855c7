/**
 * Where each clause stands in the outline: once in full, at the most telling of the places that it answers for, and as a
 * reference at the others.
 */
import type { Answered, OutlineOperation } from '../../src/report/outline.ts';
import type { ClauseReport, RunReport } from '../../src/report/record.ts';

export interface Placing {
  readonly clause: (id: string) => ClauseReport | undefined;
  readonly isHome: (entry: Answered, id: string) => boolean;
  /** Clauses that stand beside nothing that the outline has. */
  readonly further: (operation: string) => readonly ClauseReport[];
}

export function placeClauses({ clauses, outline }: RunReport): Placing {
  const byId = new Map(clauses.map((clause) => [clause.id, clause]));
  const homes = new Map<string, Answered>();
  const places = [
    ...(outline?.operations.flatMap(ownPlaces) ?? []),
    ...(outline?.common.flatMap(({ sentences }) => sentences.map(placeOf)) ?? []),
  ];
  for (const { entry, by } of places) {
    for (const id of by) if (byId.has(id) && !homes.has(id)) homes.set(id, entry);
  }
  return {
    clause: (id) => byId.get(id),
    isHome: (entry, id) => homes.get(id) === entry,
    further: (operation) => clauses.filter((clause) => clause.operation === operation && !homes.has(clause.id)),
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
