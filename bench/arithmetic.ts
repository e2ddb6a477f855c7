/** Calculates figures from the values of several runs, their ratios to budgets, and their growth. */
import type { Entry, Growth } from './entries.ts';
import type { Budget, Reading } from './figures.ts';
import type { Figure, Grown } from './record.ts';

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? NaN;
  return (lower + upper) / 2;
}

export function ratioTo(budget: Budget, value: number): number {
  return 'atMost' in budget ? value / budget.atMost : budget.atLeast / value;
}

/** `values`: by reading, one per run; empty where the entry was not measured. */
export function figuresOf({ name, readings }: Entry, values: readonly (readonly number[])[]): readonly Figure[] {
  return values.flatMap((list, index) => {
    const reading = readings[index];
    return reading ? [figureOf(name, reading, list)] : [];
  });
}

function figureOf(entry: string, { name, unit, budget }: Reading, values: readonly number[]): Figure {
  const middle = median(values);
  return {
    ...{ entry, figure: name, unit, values, median: middle, least: Math.min(...values), most: Math.max(...values) },
    ...(budget && { budget, ratio: ratioTo(budget, middle) }),
  };
}

/** Empty where one of the two entries was not measured. */
export function grownBy({ from, to, unit, of }: Growth, figures: readonly Figure[]): readonly Grown[] {
  const ends = (name: string): readonly (Figure | undefined)[] =>
    [from, to].map((entry) => figures.find((figure) => figure.entry === entry && figure.figure === name));
  const [few, many] = ends(unit);
  return of.flatMap((figure) => {
    const [small, large] = ends(figure);
    if (!few || !many || !small || !large) return [];
    const units = many.median / few.median;
    const times = large.median / small.median;
    const each = (large.median - small.median) / (many.median - few.median);
    return [{ from, to, unit, figure, units, times, perUnit: times / units, each: { value: each, unit: small.unit } }];
  });
}

/** Compares two benches. `isApart` is false where their values overlap or are too few to compare. */
export function changeOf(now: Figure, before: Figure): { readonly ratio: number; readonly isApart: boolean } {
  const areSeveral = now.values.length > 1 && before.values.length > 1;
  const isApart = areSeveral && (now.least > before.most || now.most < before.least);
  return { ratio: now.median / before.median, isApart };
}
