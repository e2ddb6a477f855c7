/** Clauses on the filters of lists of servers: each lists the servers that fit, and no others. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { DeclaredOperation } from '../../../src/clauses/define-operation.ts';
import { bodyOf } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { kebab } from '../../../src/contract/clause-names.ts';
import { atPointer, jsonText, type Json } from '../../../src/json.ts';
import { formatMicroversion, isSince } from '../../../src/microversion.ts';
import { taggedServerToKeep } from '../fixtures/tagged-server.ts';
import { control, observeServer } from '../rules/refusal.ts';
import { listing, serverLists } from './lists.ts';
import { expectListed } from './listed.ts';

interface Filter {
  /** The microversion from which it filters; administrators may use it before. */
  readonly from?: string;
  /** The only ones who may use it. */
  readonly as?: 'admin';
  /** A value that the server has, from what its owner, or else an administrator, is shown of it. */
  readonly fits?: string | ((shown: Shown) => string);
  /** A value that it does not have. */
  readonly differs: string | ((shown: Shown) => string);
}

/** The member of a server with this name, as text. */
type Shown = (name: string) => string;

const attribute = (name: string) => (shown: Shown) => shown(`OS-EXT-SRV-ATTR:${name}`);
const other = 'osc-other';
const unknownId = '11111111-1111-4111-8111-111111111111';

const filters: Readonly<Record<string, Filter>> = {
  name: { fits: (shown) => shown('name'), differs: (shown) => `${shown('name')}-other` },
  status: { fits: 'ACTIVE', differs: 'PAUSED' },
  image: { differs: unknownId },
  flavor: { differs: 'osc-other' },
  reservation_id: { differs: 'r-osc00000' },
  'changes-since': { fits: '2020-01-01T00:00:00Z', differs: '2099-01-01T00:00:00Z' },
  'changes-before': { from: '2.66', fits: '2099-01-01T00:00:00Z', differs: '2020-01-01T00:00:00Z' },
  locked: { from: '2.73', fits: 'false', differs: 'true' },
  tags: { from: '2.26', fits: 'osc-blue,osc-green', differs: 'osc-blue,osc-other' },
  'tags-any': { from: '2.26', fits: 'osc-blue,osc-other', differs: 'osc-other' },
  'not-tags': { from: '2.26', fits: 'osc-blue,osc-other', differs: 'osc-blue,osc-green' },
  'not-tags-any': { from: '2.26', fits: 'osc-other', differs: 'osc-blue,osc-other' },
  availability_zone: { from: '2.83', fits: (shown) => shown('OS-EXT-AZ:availability_zone'), differs: other },
  key_name: { from: '2.83', differs: other },
  power_state: { from: '2.83', fits: '1', differs: '4' },
  progress: { from: '2.83', fits: '0', differs: '50' },
  task_state: { from: '2.83', differs: 'deleting' },
  vm_state: { from: '2.83', fits: 'active', differs: 'stopped' },
  user_id: { from: '2.83', fits: (shown) => shown('user_id'), differs: other },
  hostname: { from: '2.90', fits: attribute('hostname'), differs: other },
  access_ip_v4: { as: 'admin', differs: '192.0.2.99' },
  access_ip_v6: { as: 'admin', differs: '2001:db8::99' },
  display_name: { as: 'admin', fits: (shown) => shown('name'), differs: (shown) => `${shown('name')}-other` },
  host: { as: 'admin', fits: attribute('host'), differs: other },
  image_ref: { as: 'admin', differs: unknownId },
  launch_index: { as: 'admin', fits: '0', differs: '7' },
  locked_by: { as: 'admin', differs: 'admin' },
  node: { as: 'admin', fits: attribute('hypervisor_hostname'), differs: other },
  project_id: { as: 'admin', fits: (shown) => shown('tenant_id'), differs: other },
  root_device_name: { as: 'admin', fits: attribute('root_device_name'), differs: '/dev/osc' },
  tenant_id: { as: 'admin', fits: (shown) => shown('tenant_id'), differs: other },
  uuid: { as: 'admin', fits: (shown) => shown('id'), differs: unknownId },
};

export const filterClauses: readonly WrittenClause[] = serverLists.flatMap((list) => [
  ...Object.entries(filters).map(([name, filter]) => filterClause(list, name, filter)),
  ignoresFilters(list),
]);

function filterClause(list: DeclaredOperation, name: string, filter: Filter): WrittenClause {
  const { id, noun } = list;
  const { from, as } = filter;
  const later = from !== undefined && `${list.id}:shift-range:query.${name}:begins-late`;
  const isRanged = from !== undefined && !isOpened(filter);
  return {
    id: `${id}#filters-by-${kebab(name)}`,
    about: [`query ${name}`],
    statement:
      as === 'admin'
        ? `${noun} of all projects by an administrator, filtered by ${name}, MUST have the servers that fit and no others.`
        : `${noun} that is filtered by ${name} MUST have the servers that fit and no others.`,
    quotes: [
      as === 'admin'
        ? listing('An administrator may filter a list by every property of a server.')
        : listing('A filter leaves the servers in a list that have the value.'),
    ],
    ...(from !== undefined && { range: `${from}-` }),
    ...(as && { identities: [as] }),
    cases: isRanged ? 'ends' : 'once',
    killedBy: [`${id}:ignore-member:query.${name}`, ...(isRanged && later !== false ? [later] : [])],
    check: (ctx) => checkFilter(ctx, list, name, filter),
  };
}

async function checkFilter(
  ctx: CheckContext,
  list: DeclaredOperation,
  name: string,
  { as, fits, differs }: Filter,
): Promise<readonly Finding[]> {
  const { server } = await taggedServerToKeep(ctx);
  const shown = control(await showAs(ctx, server.id, as ?? 'member'), 'the server of a list');
  const member: Shown = (key) => asText(atPointer(bodyOf(shown), `/server/${key.replaceAll('/', '~1')}`));
  const valueOf = (one: NonNullable<Filter['fits']>): string =>
    encodeURIComponent(typeof one === 'string' ? one : one(member));
  // Beside the filter, the list is that of this server alone.
  const scope = [...(as === 'admin' ? ['all_tenants=1'] : []), ...(name === 'name' ? [] : [`name=${server.name}`])];
  const ask = (value: string): ReturnType<DeclaredOperation['send']> =>
    list.send(ctx, {}, { ...(as && { as }), query: [...scope, `${name}=${value}`].join('&') });
  return [
    ...(fits === undefined ? [] : expectListed(await ask(valueOf(fits)), server.id, true)),
    ...expectListed(await ask(valueOf(differs)), server.id, false),
  ];
}

function showAs(ctx: CheckContext, id: string, as: 'member' | 'admin'): ReturnType<CheckContext['send']> {
  const path = `/servers/${id}`;
  return as === 'member'
    ? observeServer(ctx, { id }, formatMicroversion(ctx.microversion))
    : ctx.send({ service: 'compute', method: 'GET', path, microversion: '2.3', as, purpose: 'observation' });
}

function asText(value: Json | undefined): string {
  return jsonText(value) ?? JSON.stringify(value ?? null);
}

/** Whether it is a filter of administrators that members may use from a microversion on. */
function isOpened({ from }: Filter): boolean {
  return from === '2.83' || from === '2.90';
}

function ignoresFilters(list: DeclaredOperation): WrittenClause {
  const { id, noun } = list;
  return {
    id: `${id}#passes-over-filters-of-administrators`,
    statement: `${noun} by a member MUST be answered as if it had none of the filters that only administrators may use, including those that members may use since 2.83 and 2.90 at older microversions.`,
    quotes: [listing('A filter that the caller may not use is passed over.')],
    cases: 'boundaries',
    killedBy: ['compute:filters-for-everybody', 'compute:filters-open-early'],
    check: async (ctx) => {
      const { server } = await taggedServerToKeep(ctx);
      const findings: Finding[] = [];
      for (const [name, filter] of Object.entries(filters)) {
        const { as, from = '2.1', differs } = filter;
        if (as !== 'admin' && (!isOpened(filter) || isSince(ctx.microversion, from))) continue;
        const value = typeof differs === 'string' ? differs : other;
        const response = await list.send(
          ctx,
          {},
          { query: `name=${server.name}&${name}=${encodeURIComponent(value)}` },
        );
        findings.push(...expectListed(response, server.id, true));
      }
      return findings;
    },
  };
}
