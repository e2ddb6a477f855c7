/**
 * Advice on what a run tolerates but should not encounter: different clocks, low quotas, certificates that are not
 * checked.
 */
import type { Exchange } from '../../src/client/exchange.ts';
import { headerValue } from '../../src/client/exchange.ts';
import type { Advice } from '../../src/records/doctor.ts';
import { limitsWithin, type Limits } from '../../src/planning/limits.ts';
import type { Needs } from '../../suites/fixtures/choose.ts';
import { freeCapacity, type Quota } from '../../suites/quotas.ts';
import { mostOfOneCase } from '../../suites/capacity.ts';

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
  /** What a run would use; undefined where the target does not show it. */
  readonly needs: Needs | undefined;
  readonly limits: Limits;
}

export function advise({ insecure, aheadMs, quotas, needs, limits }: Advised): readonly Advice[] {
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
    ...(needs ? capacityAdvice(quotas, needs, limits) : []),
  ];
}

/** Compares the free quota with what a run may use, and with what its largest cases need. */
function capacityAdvice(quotas: readonly Quota[], needs: Needs, limits: Limits): readonly Advice[] {
  const free = limitsWithin(limits, freeCapacity(quotas, needs, limits.servers));
  return (['servers', 'volumes'] as const).flatMap((kind) => {
    if (free[kind] >= limits[kind]) return [];
    const most = mostOfOneCase[kind];
    const what = `The quota of the project leaves ${free[kind]} ${kind} of the size that a run needs (${sizeOf(kind, needs)}), and a run may use ${limits[kind]} at a time.`;
    if (free[kind] >= most)
      return [
        { what, remedy: 'Delete some or raise the quota, or accept a slower run: a run never exceeds the quota.' },
      ];
    return [
      {
        what: `${what} Cases that need ${most} at a time will not be decided.`,
        remedy: 'Delete some or raise the quota.',
      },
    ];
  });
}

function sizeOf(kind: 'servers' | 'volumes', { cores, ram, gigabytes, rootGigabytes }: Needs): string {
  if (kind === 'volumes') return `${gigabytes} GB`;
  const root = rootGigabytes === 0 ? '' : `, a volume of ${rootGigabytes} GB`;
  return `${cores} ${cores === 1 ? 'core' : 'cores'}, ${ram} MB${root}`;
}

function clocksApart(aheadMs: number): Advice {
  const way = aheadMs > 0 ? 'ahead of' : 'behind';
  return {
    what: `The clock of the target is ${Math.abs(aheadMs) / 1000} s ${way} the local clock; tokens may appear to be expired.`,
    remedy: 'Synchronise both clocks by NTP.',
  };
}
