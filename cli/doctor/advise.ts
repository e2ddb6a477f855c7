/**
 * Advice on what a run tolerates but should not encounter: different clocks, low quotas, certificates that are not
 * checked.
 */
import type { Exchange } from '../../src/client/exchange.ts';
import { headerValue } from '../../src/client/exchange.ts';
import type { Advice } from '../../src/records/doctor.ts';
import { limitsWithin, type Limits } from '../../src/planning/limits.ts';
import { countOf } from '../../src/resources/resource-counts.ts';
import type { QuotaUse } from '../../src/planning/fixture-choice.ts';
import type { ResourceKind } from '../../src/resources/resource-type.ts';
import { describeCount } from '../../src/resources/type-words.ts';
import { freeCapacity, type Quota } from '../../suites/quotas.ts';

/** The Date header has a resolution of one second, and the response takes time. */
const clockSlackMs = 5_000;

/** A Date header names the current second, of which half has passed on average. */
const dateHalfMs = 500;

/** How far the clock of the target is ahead, in milliseconds, rounded to seconds. */
export function clockAhead({ response, startedAt, durationMs }: Exchange): number | undefined {
  const date = Date.parse((response && headerValue(response.headers, 'date')) ?? '');
  if (Number.isNaN(date)) return undefined;
  const ahead = date + dateHalfMs - (Date.parse(startedAt) + durationMs / 2);
  return Math.round(ahead / 1000) * 1000 + 0;
}

/** From the first response with a Date header: not every service sends one. */
export function firstAhead(exchanges: readonly Exchange[]): number | undefined {
  return exchanges.map(clockAhead).find((ahead) => ahead !== undefined);
}

export interface Advised {
  readonly insecure: boolean;
  readonly aheadMs?: number | undefined;
  readonly quotas: readonly Quota[];
  /** What a run would use of them; undefined where the target does not show it. */
  readonly result?: { readonly quotaUse: QuotaUse } | undefined;
  readonly kinds: readonly ResourceKind[];
  readonly limits: Limits;
}

export function advise({ insecure, aheadMs, quotas, result, kinds, limits }: Advised): readonly Advice[] {
  return [
    ...(insecure
      ? [
          {
            what: 'Certificates are not checked.',
            remedy: 'Set cacert in clouds.yaml to the certificate of the authority.',
          },
        ]
      : []),
    ...(aheadMs !== undefined && Math.abs(aheadMs) > clockSlackMs ? [clocksApart(aheadMs)] : []),
    ...(result ? capacityAdvice(quotas, result.quotaUse, kinds, limits) : []),
  ];
}

/** Compares the free quota with what a run may use, and with what its largest cases need. */
function capacityAdvice(
  quotas: readonly Quota[],
  quotaUse: QuotaUse,
  kinds: readonly ResourceKind[],
  limits: Limits,
): readonly Advice[] {
  const free = limitsWithin(limits, freeCapacity(kinds, quotas, quotaUse, limits.resources), kinds);
  return kinds.flatMap(({ type, capacity }) => {
    const [left, most] = [free, limits].map(({ resources }) => countOf(resources, type));
    if (!capacity || left === undefined || most === undefined || left >= most) return [];
    const what = `The quota of the project leaves ${describeCount(left, type)}${sizeOf(type, quotas, quotaUse)}, and a run may use ${most} at a time.`;
    if (left >= capacity.ofOneCase)
      return [
        { what, remedy: 'Delete some or raise the quota, or accept a slower run: a run never exceeds the quota.' },
      ];
    return [
      {
        what: `${what} Cases that need ${capacity.ofOneCase} at a time will not be decided.`,
        remedy: 'Delete some or raise the quota.',
      },
    ];
  });
}

/** ` of the size that a run needs (1 core, 512 MB of memory)`, for types that use more than their own number. */
function sizeOf(type: string, quotas: readonly Quota[], quotaUse: QuotaUse): string {
  const parts = Object.entries(quotaUse[type] ?? {}).map(([id, each]) => {
    const words = quotas.find((quota) => quota.id === id)?.words ?? id;
    return `${each} ${each === 1 ? words.replace(/s$/, '') : words}`;
  });
  return parts.length === 0 ? '' : ` of the size that a run needs (${parts.join(', ')})`;
}

function clocksApart(aheadMs: number): Advice {
  const way = aheadMs > 0 ? 'ahead of' : 'behind';
  return {
    what: `The clock of the target is ${Math.abs(aheadMs) / 1000} s ${way} the local clock; tokens may appear to be expired.`,
    remedy: 'Synchronise both clocks by NTP.',
  };
}
