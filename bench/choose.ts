/** Which entries are measured, and why the others are not. */
import { UsageError } from '../cli/errors.ts';
import type { Entry } from './entries.ts';

export interface Wanted {
  /** Names; all but the long ones when missing. */
  readonly only?: readonly string[];
  readonly all: boolean;
  /** Where a reference tree of Nova is. */
  readonly reference: string | undefined;
  /** A real cloud was named. */
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
    throw new UsageError(`There is no entry "${unknown}"; there are ${entries.map(({ name }) => name).join(', ')}.`);
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
    if (needs === 'reference' && reference === undefined) return 'it needs a reference of Nova, --reference DIR';
    if (needs === 'cloud' && !hasCloud) return 'it needs a real cloud, --os-cloud CLOUD';
    return isLong && !only && !all ? 'it takes minutes; name it with --only, or give --all' : undefined;
  }
}
