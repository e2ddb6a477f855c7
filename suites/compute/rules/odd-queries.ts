/** Odd queries and paths of reading operations: the service must not fail with a status of 500 or above. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { fillPath } from '../../../src/clauses/check-context.ts';
import { pathResources, type DeclaredOperation } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { isList, sendList } from './asked-versions.ts';
import { control } from './refusal.ts';
import { survived, survives } from './survival.ts';

const oddNumbers = [
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
] as const;

const oddQueryTexts = ['%FF=1', 'osc=%FF', '&&&', '=', '%00', 'a[]=1&a[]=2', `osc=${'x'.repeat(2000)}`, '%'] as const;

/** Bytes that are not UTF-8, which no value of a path parameter produces. */
const undecodable = ['%FF', '%C0%AF', '%ED%A0%80'] as const;

export function oddQueries(operation: DeclaredOperation): readonly WrittenClause[] {
  if (!operation.reads) return [];
  if (isList(operation)) return isPaged(operation) ? oddPages(operation) : [];
  return [oddQuery(operation), ...(pathResources(operation).length > 0 ? [undecodablePath(operation)] : [])];
}

function isPaged({ query = {} }: DeclaredOperation): boolean {
  return 'limit' in query && 'offset' in query;
}

function oddPages(operation: DeclaredOperation): readonly WrittenClause[] {
  const errata = ['odd-numbers-break-a-list'];
  const killedBy = ['compute:list-breaks-over-odd-numbers'] as const;
  return [
    pages(operation, 'odd-paging', 'an odd limit or offset', oddNumbers, {
      killedBy: [`${operation.id}:fails-on-odd-queries`],
    }),
    pages(operation, 'paging-by-newline', 'a newline for a limit or an offset', ['%0A'], { errata, killedBy }),
    pages(operation, 'paging-by-endless-digits', 'a limit or an offset of 5000 digits', ['9'.repeat(5000)], {
      errata,
      killedBy,
    }),
  ];
}

function pages(
  operation: DeclaredOperation,
  name: string,
  what: string,
  values: readonly string[],
  more: Pick<WrittenClause, 'errata' | 'killedBy'>,
): WrittenClause {
  return {
    ...more,
    id: `${operation.id}#survives-${name}`,
    statement: `${operation.noun} with ${what} SHOULD NOT be answered with a status of 500 or above.`,
    quotes: [survives],
    cases: 'once',
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const value of values) {
        for (const parameter of ['limit', 'offset']) {
          findings.push(...survived(await sendList(ctx, operation, { query: `${parameter}=${value}` })));
        }
      }
      return findings;
    },
  };
}

function oddQuery(operation: DeclaredOperation): WrittenClause {
  return {
    id: `${operation.id}#survives-odd-queries`,
    statement: `${operation.noun} with an odd query SHOULD NOT be answered with a status of 500 or above.`,
    quotes: [survives],
    cases: 'once',
    killedBy: [`${operation.id}:fails-on-odd-queries`],
    check: async (ctx) => {
      const { resources } = await operation.accepted(ctx);
      const findings: Finding[] = [];
      for (const query of oddQueryTexts) findings.push(...survived(await operation.send(ctx, resources, { query })));
      return findings;
    },
  };
}

function undecodablePath(operation: DeclaredOperation): WrittenClause {
  return {
    id: `${operation.id}#survives-undecodable-paths`,
    statement: `${operation.noun} whose path is no UTF-8 SHOULD be answered with a status below 500.`,
    quotes: [survives],
    cases: 'once',
    errata: ['undecodable-paths-get-no-reply'],
    killedBy: ['compute:breaks-over-undecodable-paths'],
    check: async (ctx) => {
      const { resources } = await operation.accepted(ctx);
      // Excludes the network as the cause of a missing response.
      control(await operation.send(ctx, resources), 'the same request with a plain path', operation.success);
      const [, template = ''] = operation.call.split(' ');
      const path = fillPath(template, operation.request(resources).path);
      const folder = path.slice(0, path.lastIndexOf('/'));
      const microversion = formatMicroversion(ctx.microversion);
      const findings: Finding[] = [];
      for (const bytes of undecodable) {
        const response = await ctx.send({
          service: 'compute',
          method: 'GET',
          path: `${folder}/${bytes}`,
          microversion,
          purpose: 'act',
        });
        findings.push(...(response.response ? survived(response) : noResponse(response)));
      }
      return findings;
    },
  };
}

function noResponse({ id, failure }: Exchange): readonly Finding[] {
  return [{ kind: 'body', exchange: id, expected: 'a response', seen: `none: ${failure?.code ?? 'unknown'}` }];
}
