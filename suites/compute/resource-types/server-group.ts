/** The resource type of server groups, and the groups that cases start from. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Identity } from '../../../src/clauses/identity.ts';
import { Unreached } from '../../../src/execution/errors.ts';
import { includes, microversion } from '../../../src/microversion.ts';
import type { RunContext } from '../../../src/execution/run-context.ts';
import type { FixtureDefinition } from '../../../src/resources/fixture-pool.ts';
import { listedType } from '../../../src/resources/define-resource-type.ts';
import { listAll, type ListPath } from '../../../src/resources/listing.ts';
import { one } from '../../../src/resources/resource-counts.ts';
import { createResource, removeResource, type ResourceKind } from '../../../src/resources/resource-type.ts';
import { absoluteLimit } from '../../absolute-limits.ts';
import { reusableFixture, sharedFixture, type Reusable } from '../fixtures/lease.ts';

const service = 'compute';

export interface ServerGroup {
  readonly id: string;
  readonly name: string;
}

const listing: ListPath = { service, path: '/os-server-groups', key: 'server_groups', pages: 'offset' };

export const serverGroup: ResourceKind = listedType({
  ...listing,
  type: 'server-group',
  ids: 'uuid',
  removalOrder: 3,
  capacity: {
    limit: 9,
    ofOneCase: 3,
    quotas: [
      absoluteLimit(
        service,
        { id: 'server-groups', words: 'server groups' },
        'maxServerGroups',
        'totalServerGroupsUsed',
      ),
    ],
  },
  command: 'server group delete',
});

/**
 * Creates a server group with the policy `anti-affinity`, and with a rule where there are rules.
 *
 * @throws Unreached
 */
export async function createServerGroup(
  run: RunContext,
  label: string,
  { as = 'member', perHost = 3 }: { readonly as?: Identity; readonly perHost?: number } = {},
): Promise<ServerGroup> {
  const hasRules = includes(run.service('compute').range, microversion('2.64'));
  const { id, name } = await createResource(run, {
    kind: serverGroup,
    label,
    key: 'server_group',
    request: (wanted) => ({
      service,
      method: 'POST',
      path: '/os-server-groups',
      as,
      ...(hasRules ? { microversion: '2.64' } : {}),
      body: {
        server_group: {
          name: wanted,
          ...(hasRules
            ? { policy: 'anti-affinity', rules: { max_server_per_host: perHost } }
            : { policies: ['anti-affinity'] }),
        },
      },
    }),
  });
  return { id, name };
}

/** A group that no case changes; in a read-only run, one of the project. */
export function sharedGroup(ctx: CheckContext): Promise<ServerGroup> {
  if (ctx.run.readOnly) return ctx.fixture(() => existingGroup(ctx.run));
  return sharedFixture(ctx, definitionOf(ctx.run, 'shared'));
}

async function existingGroup(run: RunContext): Promise<ServerGroup> {
  const found = await listAll(run, listing, 'member');
  const [first] = found.is === 'listed' ? found.things : [];
  if (!first) throw new Unreached('a server group', 'The project of the member has no server group.');
  return { id: first.id, name: first.name };
}

/** A group for requests that must be refused. */
export function groupToKeep(ctx: CheckContext): Promise<Reusable<ServerGroup>> {
  return reusableFixture(ctx, definitionOf(ctx.run, 'rejection-target'));
}

function definitionOf(run: RunContext, label: string): FixtureDefinition<ServerGroup> {
  return {
    key: `server group ${label}`,
    resources: one(serverGroup.type),
    copies: 1,
    sharers: Infinity,
    build: () => createServerGroup(run, label),
    takeDown: ({ id }) => removeResource(run, serverGroup, id),
  };
}

/** A group that no other case uses, and that the case may delete. */
export async function ownGroup(ctx: CheckContext): Promise<ServerGroup> {
  return ctx.fixture(async () => {
    const release = await ctx.reservation.charge(one(serverGroup.type));
    ctx.after(release);
    const group = await createServerGroup(ctx.run, 'exclusive');
    ctx.after(() => ctx.run.background(removeResource(ctx.run, serverGroup, group.id)));
    return group;
  });
}

/** A group that was deleted. */
export function deletedGroup(ctx: CheckContext): Promise<ServerGroup> {
  return ctx.shared('a server group that was deleted', ({ run, fixture, reservation }) =>
    fixture(async () => {
      const release = await reservation.charge(one(serverGroup.type));
      const group = await createServerGroup(run, 'deleted');
      await removeResource(run, serverGroup, group.id);
      release();
      return group;
    }),
  );
}
