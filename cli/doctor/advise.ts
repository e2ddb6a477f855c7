/** What a run on this target bears, and better would not meet: clocks apart, room that is short, certificates unchecked. */
import type { Exchange } from '../../src/client/exchange.ts';
import { headerValue } from '../../src/client/exchange.ts';
import type { Advice } from '../../src/report/doctor.ts';
import type { Quota } from '../../suites/quotas.ts';
import type { RunOptions } from '../run/run-options.ts';

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

export function advise(
  insecure: boolean,
  aheadMs: number | undefined,
  quotas: readonly Quota[],
  { limits }: Pick<RunOptions, 'limits'>,
): readonly Advice[] {
  const room: readonly (readonly [string, number])[] = [
    ['servers', limits.servers],
    ['volumes', limits.volumes],
  ];
  return [
    ...(insecure
      ? [{ what: 'Certificates are not checked.', mend: 'Name the authority by cacert in clouds.yaml.' }]
      : []),
    ...(aheadMs !== undefined && Math.abs(aheadMs) > clockSlackMs ? [clocksApart(aheadMs)] : []),
    ...room.flatMap(([id, wanted]) => {
      const free = quotas.find((quota) => quota.id === id)?.free;
      if (free === undefined || free >= wanted) return [];
      const what = `The project has room for ${free} more ${id}, and a run may use ${wanted} at a time.`;
      return [
        { what, mend: 'Free some or raise the quota, unless it may take longer: a run goes no higher by itself.' },
      ];
    }),
    ...short(quotas, 'gigabytes', limits.volumes, 'GB of volumes'),
    ...short(quotas, 'cores', limits.servers, 'cores'),
  ];
}

/** Every volume has 1 GB and every server one core or more. */
function short(quotas: readonly Quota[], id: string, wanted: number, words: string): readonly Advice[] {
  const free = quotas.find((quota) => quota.id === id)?.free;
  if (free === undefined || free >= wanted) return [];
  const what = `The project has room for ${free} more ${words}, and a run may use ${wanted} at a time.`;
  return [{ what, mend: 'Raise the quota, or let the run have less at a time.' }];
}

function clocksApart(aheadMs: number): Advice {
  const way = aheadMs > 0 ? 'ahead of' : 'behind';
  return {
    what: `The clock of the target is ${Math.abs(aheadMs) / 1000} s ${way} ours; tokens may seem to have expired.`,
    mend: 'Set both clocks by NTP.',
  };
}
