/** Clauses on lists of servers that are refused. */
import type { DeclaredOperation } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { expectRefused } from '../rules/refusal.ts';
import { listed, listing } from './lists.ts';

const farFuture = '2099-01-01T00:00:00Z';
const longAgo = '2020-01-01T00:00:00Z';

export function refusedLists(list: DeclaredOperation): readonly WrittenClause[] {
  const { id, noun } = list;
  const refuses = (
    name: string,
    statement: WrittenClause['statement'],
    quote: string,
    queries: readonly string[],
    fault: string,
    more: Partial<Pick<WrittenClause, 'range' | 'about'>> & { readonly status?: 400 | 403 } = {},
  ): WrittenClause => {
    const { status = 400, ...rest } = more;
    return {
      ...{ id: `${id}#${name}`, statement, quotes: [listing(quote)], cases: 'once', killedBy: [`${id}:${fault}`] },
      ...rest,
      check: async (ctx) => {
        await listed(ctx);
        const findings: Finding[] = [];
        for (const query of queries) findings.push(...expectRefused(await list.send(ctx, {}, { query }), status));
        return findings;
      },
    };
  };
  return [
    refuses(
      'reserves-every-project-for-administrators',
      `${noun} with all_tenants by a member MUST be answered with 403.`,
      'With ``all_tenants`` an administrator gets the servers of every project, and others are answered with 403.',
      ['all_tenants=1', 'all_tenants='],
      'drop-check:role-all-projects',
      { status: 403, about: ['status 403'] },
    ),
    refuses(
      'refuses-odd-values-of-all-tenants',
      `${noun} whose all_tenants is not a truth value MUST be answered with 400.`,
      'A value of ``all_tenants`` that is no truth value is answered with 400.',
      ['all_tenants=osc'],
      'drop-check:all-projects',
    ),
    refuses(
      'refuses-unknown-markers',
      `${noun} with a marker that is no server MUST be answered with 400.`,
      'A marker that is no server is answered with 400.',
      ['marker=11111111-1111-4111-8111-111111111111'],
      'drop-check:marker',
    ),
    refuses(
      'refuses-unknown-sort-keys',
      `${noun} with an unknown sort key or direction MUST be answered with 400.`,
      'An unknown sort key or direction is answered with 400.',
      ['sort_key=osc', 'sort_dir=osc'],
      'drop-check:query',
    ),
    refuses(
      'reserves-sort-keys-of-hosts',
      `${noun} that a member sorts by host or node MUST be answered with 403.`,
      'Only administrators may sort a list by host or node; others are answered with 403.',
      ['sort_key=host', 'sort_key=node'],
      'drop-check:sort-role',
      { status: 403 },
    ),
    refuses(
      'refuses-periods-that-end-before-they-begin',
      `${noun} of changes since a time after changes-before MUST be answered with 400.`,
      'A period that ends before it begins is answered with 400.',
      [`changes-since=${farFuture}&changes-before=${longAgo}`],
      'drop-check:period',
      { range: '2.66-', about: ['query changes-before'] },
    ),
    {
      ...refuses(
        'refuses-unknown-statuses',
        `${noun} by an unknown status MUST be answered with 400 from 2.38 on.`,
        'A status that is none is answered with 400 since microversion 2.38, and with an empty list before.',
        ['status=osc'],
        'drop-check:status',
        { range: '2.38-' },
      ),
      cases: 'ends',
      killedBy: [`${id}:drop-check:status`, `${id}:shift-range:gate.known-status:begins-late`],
    },
  ];
}
