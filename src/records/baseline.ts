/**
 * The baseline of estimates, as `suites/figures.json` has it: the requests of a measured run by clause, and the fixtures
 * that its cases shared.
 */
import type { Of } from './declaration.ts';
import { amount, count, define, map, note, object, optional, ordinal, text, time } from './declare.ts';

/** Which run was measured. */
export const measuredRun = { run: text, target: text, at: note('ISO 8601, UTC.', time), cases: count };

const measuredSchema = object({
  ...measuredRun,
  requests: count,
  always: note('Of its requests: sign-in, discovery and the inventory before and after.', count),
  unseen: note('Of its requests: the others outside of cases, which create, reset and remove resources.', count),
  created: note('By resource type.', map(count)),
  taken: note('How often a case leased a resource exclusively.', count),
  durationMs: amount,
  startMs: note('Before the first case.', amount),
  targetMs: amount,
  ownCpuMs: amount,
});
export interface Measured extends Of<typeof measuredSchema> {}

const setFiguresSchema = object({
  type: note('The resource type of its members.', text),
  created: count,
  atOnce: note('Members at the same time.', count),
  pooled: note(
    'Pooled resources created with them, by type; one that several sets used counts in fractions.',
    map(amount),
  ),
  cases: count,
});
export interface SetFigures extends Of<typeof setFiguresSchema> {}

const clauseFiguresSchema = object({
  requests: note('A request that several cases share counts in fractions.', amount),
  taken: optional(note('Pooled resources leased for the case alone, by type.', map(amount))),
  fresh: optional(note('Of these used up, by type: a third of one that two other cases used as well.', map(amount))),
  sets: optional(note('The share of its cases that need each set, from 0 to 1.', map(amount))),
});
/** Figures of an average case of one clause. */
export interface ClauseFigures extends Of<typeof clauseFiguresSchema> {}

const deviationSchema = object({
  runs: ordinal,
  requests: amount,
  created: note('By resource type.', map(amount)),
  durationMs: amount,
});
export interface Deviation extends Of<typeof deviationSchema> {}
export const deviation = define<Deviation>(
  'deviation',
  note(
    'The largest relative error of an estimate over the given number of runs: 0.1 is ten per cent.',
    deviationSchema,
  ),
);

const baselineSchema = object({
  measured: define<Measured>('measured', measuredSchema),
  sets: note(
    'Sets of resources that cases share, by type and label.',
    map(define<SetFigures>('set', setFiguresSchema)),
  ),
  clauses: map(define<ClauseFigures>('clauseFigures', clauseFiguresSchema)),
  checked: optional(
    note(
      'How far estimates from this baseline were off for other runs; missing where that was not measured.',
      deviation,
    ),
  ),
});
export interface Baseline extends Of<typeof baselineSchema> {}
export const baseline = define<Baseline>('baselineFigures', baselineSchema);
