/** Checks that waivers name existing clauses at microversions that they apply to, and only clauses that can fail. */
import type { Diagnostic } from '../../diagnostic.ts';
import { formatMicroversion, formatRange, intersect, parseMicroversion } from '../../microversion.ts';
import { nearWord } from '../../near-word.ts';
import { isBinding, levelOf, type Clause } from '../../clauses/clause.ts';
import type { Waiver } from './waiver.ts';

export function checkWaivers(waivers: readonly Waiver[], clauses: readonly Clause[]): readonly Diagnostic[] {
  const byId = new Map<string, Clause>(clauses.map((clause) => [clause.id, clause]));
  return waivers.flatMap((waiver, index) => [...unknown(waiver, byId), ...repeated(waiver, waivers.slice(0, index))]);
}

function unknown({ waives, at }: Waiver, clauses: ReadonlyMap<string, Clause>): readonly Diagnostic[] {
  const [id = '', version] = waives.split('@');
  const clause = clauses.get(id);
  const wrong = (message: string, expected: string): readonly Diagnostic[] => [
    { severity: 'error', code: 'waiver-subject', at, message, expected },
  ];
  if (!clause) {
    return wrong(`no clause ${id} exists`, nearWord(id, [...clauses.keys()]) ?? 'an id that `clauses` lists');
  }
  if (!isBinding(levelOf(clause.statement))) {
    return wrong(`${id} is a ${levelOf(clause.statement)}`, 'no waiver: a SHOULD or MAY only leads to a warning');
  }
  if (version === undefined) return [];
  const bound = parseMicroversion(version);
  const binds = bound && clause.ranges.some((range) => intersect(range, { first: bound, last: bound }));
  if (binds && formatMicroversion(bound) === version) return [];
  return wrong(`${id} has no case at ${version}`, `a microversion of ${clause.ranges.map(formatRange).join(', ')}`);
}

function repeated({ waives, target, at }: Waiver, earlier: readonly Waiver[]): readonly Diagnostic[] {
  const first = earlier.find((other) => other.waives === waives && other.target === target);
  if (!first) return [];
  const message = `${waives} is already waived for ${target} at line ${first.at.line}`;
  return [
    {
      severity: 'error',
      code: 'repeated-waiver',
      at,
      message,
      expected: 'one entry for each clause or case and target',
    },
  ];
}
