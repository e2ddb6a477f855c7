/** Maps lines of the contract back to places in the texts: the contract has lines, a message also needs columns. */
import type { Source } from '../contract/model.ts';
import type { Position } from '../diagnostic.ts';
import type { ParameterUse, Reference } from '../reference/model.ts';

export type UseAt = (source: Source) => ParameterUse | undefined;

export function usesByLine({ operations }: Reference): UseAt {
  const uses = new Map(
    operations.flatMap(({ parameters }) => parameters.map((use) => [lineKey(use.at), use] as const)),
  );
  return (source) => uses.get(lineKey(source));
}

function lineKey({ file, line }: Pick<Position, 'file' | 'line'>): string {
  return `${file}:${line}`;
}
