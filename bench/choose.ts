/** Selects the entries to measure, with the reason for each one left out. */
import { UsageError } from '../cli/errors.ts';
import type { Entry } from './entries.ts';

export interface Wanted {
  /** Names; missing: all but the long ones. */
  readonly only?: readonly string[];
  readonly all: boolean;
  /** The folder of a reference tree of Nova. */
  readonly reference: string | undefined;
  /** A real cloud is given. */
  readonly hasCloud: boolean;
}

export interface Choice {
  readonly chosen: readonly Entry[];
  /** Sentences. */
  readonly leftOut: readonly string[];
}

/** @throws UsageError */
export function choose(entries: readonly Entry[], { only, all, reference, hasCloud }: Wanted): Choice {
  const unknown = only?.find((name) => !entries.some((entry) => entry.name === name));
  if (unknown !== undefined) {
    throw new UsageError(
      `--only: there is no entry "${unknown}". Use some of ${entries.map(({ name }) => name).join(', ')}.`,
    );
  }
  const leftOut: string[] = [];
  const chosen = entries.filter((entry) => {
    if (only && !only.includes(entry.name)) return false;
    const why = missing(entry);
    if (why !== undefined) leftOut.push(`Not measured: ${entry.name}; ${why}.`);
    return why === undefined;
  });
  return { chosen, leftOut };

  function missing({ needs, isLong }: Entry): string | undefined {
    if (needs === 'reference' && reference === undefined)
      return 'it needs a reference tree of Nova; pass --reference DIR';
    if (needs === 'cloud' && !hasCloud) return 'it needs a real cloud; pass --os-cloud CLOUD';
    return isLong && !only && !all ? 'it takes minutes; select it with --only, or pass --all' : undefined;
  }
}
