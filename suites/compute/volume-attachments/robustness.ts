/** Clauses on odd paths and queries: the service must not fail with a 5xx status. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { fillPath } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { fixtures } from '../fixtures.ts';
import { control } from '../rules/refusal.ts';
import { list, show } from './calls.ts';
import { survived, survives } from '../rules/survival.ts';

const oddNumbers = 'odd-numbers-break-a-list';

export const robustnessClauses: readonly WrittenClause[] = [
  paging('odd-paging', 'an odd limit or offset', 'odd-queries', [
    '1%0A',
    '%EF%BC%91',
    '%00',
    '%FF',
    '%F0%9F%92%A9',
    '+1',
    '-0',
    '1e9',
    '0x1',
    '1_000',
    'NaN',
    'Infinity',
    '9'.repeat(100),
    '1&limit=osc',
    '%',
  ]),
  paging('paging-by-newline', 'a newline for a limit or an offset', 'odd-numbers', ['%0A'], [oddNumbers]),
  paging(
    'paging-by-endless-digits',
    'a limit or an offset of 5000 digits',
    'odd-numbers',
    ['9'.repeat(5000)],
    [oddNumbers],
  ),
  oddQueryOfShow(),
  undecodablePath(),
];

function paging(
  name: string,
  what: string,
  breaksOver: string,
  values: readonly string[],
  errata: readonly string[] = [],
): WrittenClause {
  return {
    id: `compute/list-volume-attachments#survives-${name}`,
    statement: `A list with ${what} SHOULD NOT be answered with a status of 500 or above.`,
    quotes: [survives],
    cases: 'once',
    errata,
    killedBy: [`compute:list-breaks-over-${breaksOver}`],
    check: async (ctx) => {
      const [{ server }] = await fixtures(ctx).readOnly();
      const findings: Finding[] = [];
      for (const value of values) {
        for (const parameter of ['limit', 'offset']) {
          findings.push(...survived(await list(ctx, server, { query: `${parameter}=${value}` })));
        }
      }
      return findings;
    },
  };
}

function oddQueryOfShow(): WrittenClause {
  return {
    id: 'compute/show-volume-attachment#survives-odd-queries',
    statement: 'A show with an odd query SHOULD NOT be answered with a status of 500 or above.',
    quotes: [survives],
    cases: 'once',
    killedBy: ['compute:show-breaks-over-odd-queries'],
    check: async (ctx) => {
      const [{ server, volume }] = await fixtures(ctx).readOnly();
      const findings: Finding[] = [];
      for (const query of ['%FF=1', 'osc=%FF', '&&&', '=', '%00', 'a[]=1&a[]=2', `osc=${'x'.repeat(2000)}`, '%']) {
        findings.push(...survived(await show(ctx, server, volume, { query })));
      }
      return findings;
    },
  };
}

/** Bytes that are not UTF-8, which no value of a path parameter produces. */
function undecodablePath(): WrittenClause {
  return {
    id: 'compute/show-volume-attachment#survives-undecodable-paths',
    statement: 'A show whose path is no UTF-8 SHOULD be answered with a status below 500.',
    quotes: [survives],
    cases: 'once',
    errata: ['undecodable-paths-get-no-reply'],
    killedBy: ['compute:breaks-over-undecodable-paths'],
    check: async (ctx) => {
      const { attached } = await fixtures(ctx).rejectionTarget();
      const { server, volume } = attached;
      const path = fillPath('/servers/{server_id}/os-volume_attachments', { server_id: server.id });
      const microversion = formatMicroversion(ctx.microversion);
      const common = { service: 'compute', method: 'GET', microversion, purpose: 'act' } as const;
      const findings: Finding[] = [];
      for (const bytes of ['%FF', '%C0%AF', '%ED%A0%80']) {
        const reply = await ctx.send({ ...common, path: `${path}/${bytes}` });
        findings.push(...(reply.response ? survived(reply) : noResponse(reply)));
      }
      // Excludes the network as the cause of a missing response.
      control(await show(ctx, server, volume), 'showing an attachment');
      return findings;
    },
  };
}

function noResponse({ id, failure }: Exchange): readonly Finding[] {
  return [{ kind: 'body', exchange: id, expected: 'a response', seen: `none: ${failure?.code ?? 'unknown'}` }];
}
