/** Renders the clause and coverage figures as lines for a terminal. */
import type { Figures } from '../../src/records/clause-check.ts';

export function renderFigures({ clauses, claims }: Figures): readonly string[] {
  return [
    ...clauses.map(({ level, derived, written }) => `${level}: ${derived} derived and ${written} written clauses`),
    ...claims.map(({ kind, all, tested, untested }) => {
      const open = all - tested - untested;
      const rest = open === 0 ? '' : `, ${open} with neither`;
      return `${kind}: ${tested} of ${all} tested, ${untested} with a reason why not${rest}`;
    }),
  ];
}
