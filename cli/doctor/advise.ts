/** What a run on this target bears, and better would not meet: clocks apart, room that is short, certificates unchecked. */
import type { Exchange } from '../../src/client/exchange.ts';
import { headerValue } from '../../src/client/exchange.ts';
import type { Advice } from '../../src/report/doctor.ts';
import { limitsWithin, type Limits } from '../../src/conformance/limits.ts';
import type { Needs } from '../../suites/fixtures/choose.ts';
import { freeRoom, type Quota } from '../../suites/quotas.ts';
import { mostOfOneCase } from '../../suites/room.ts';

/** The header counts whole seconds, and the answer takes a while. */
const clockSlackMs = 5_000;

/** A date tells the second that has begun: half of one is over on average. */
const dateHalfMs = 500;

/** Milliseconds by which the sender of an answer is ahead, to the second. */
export function clockAhead({ response, startedAt, durationMs }: Exchange): number | undefined {
  const date = Date.parse((response && headerValue(response.headers, 'date')) ?? '');
  if (Number.isNaN(date)) return undefined;
  const ahead = date + dateHalfMs - (Date.parse(startedAt) + durationMs / 2);
  return Math.round(ahead / 1000) * 1000 + 0;
}

/** By the first answer that tells its date: not every service does. */
export function firstAhead(exchanges: readonly Exchange[]): number | undefined {
  return exchanges.map(clockAhead).find((ahead) => ahead !== undefined);
}

export interface Advised {
  readonly insecure: boolean;
  readonly aheadMs?: number | undefined;
  readonly quotas: readonly Quota[];
  /** Undefined where the target let nobody see what a run would use. */
  readonly needs: Needs | undefined;
  readonly limits: Limits;
}

export function advise({ insecure, aheadMs, quotas, needs, limits }: Advised): readonly Advice[] {
  return [
    ...(insecure
      ? [{ what: 'Certificates are not checked.', mend: 'Name the authority by cacert in clouds.yaml.' }]
      : []),
    ...(aheadMs !== undefined && Math.abs(aheadMs) > clockSlackMs ? [clocksApart(aheadMs)] : []),
    ...(needs ? roomAdvice(quotas, needs, limits) : []),
  ];
}

/** What the quotas leave, against what a run may use and what its largest cases need. */
function roomAdvice(quotas: readonly Quota[], needs: Needs, limits: Limits): readonly Advice[] {
  const free = limitsWithin(limits, freeRoom(quotas, needs, limits.servers));
  return (['servers', 'volumes'] as const).flatMap((kind) => {
    if (free[kind] >= limits[kind]) return [];
    const most = mostOfOneCase[kind];
    const what = `The project has room for ${free[kind]} more ${kind} of the size that a run needs (${sizeOf(kind, needs)}), and a run may use ${limits[kind]} at a time.`;
    if (free[kind] >= most)
      return [
        { what, mend: 'Free some or raise the quota, unless it may take longer: a run goes no higher by itself.' },
      ];
    return [
      { what: `${what} Cases that need ${most} at a time will not be decided.`, mend: 'Free some or raise the quota.' },
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
    what: `The clock of the target is ${Math.abs(aheadMs) / 1000} s ${way} ours; tokens may seem to have expired.`,
    mend: 'Set both clocks by NTP.',
  };
}
