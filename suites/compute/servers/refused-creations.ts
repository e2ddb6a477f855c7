/** Clauses on creations of servers that are refused. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import type { Json } from '../../../src/json.ts';
import { expectRefused, nonexistent } from '../rules/refusal.ts';
import { createServer, creating } from './create.ts';

const create = 'compute/create-server';

interface Refused {
  readonly id: string;
  readonly words: string;
  readonly quote: string;
  readonly fault: string;
  readonly members: (ctx: CheckContext) => Readonly<Record<string, Json>>;
  readonly status?: 400 | 403;
  readonly range?: string;
  readonly about?: WrittenClause['about'];
}

function refusals(): readonly WrittenClause[] {
  const unknown =
    'A flavor, an image, a network, a key pair, a security group or a zone that does not exist is answered with 400.';
  const entries: readonly Refused[] = [
    {
      id: 'unknown-flavors',
      words: 'with a flavor that does not exist',
      quote: unknown,
      fault: 'drop-check:flavor',
      members: (ctx) => ({ '/server/flavorRef': nonexistent(ctx).id }),
    },
    {
      id: 'unknown-images',
      words: 'with an image that does not exist',
      quote: unknown,
      fault: 'drop-check:image',
      members: (ctx) => ({ '/server/imageRef': nonexistent(ctx).id }),
    },
    {
      id: 'unknown-networks',
      words: 'with a network that does not exist',
      quote: unknown,
      fault: 'drop-check:networks',
      members: (ctx) => ({ '/server/networks': [{ uuid: nonexistent(ctx).id }] }),
    },
    {
      id: 'unknown-key-pairs',
      words: 'with a key pair that does not exist',
      quote: unknown,
      fault: 'drop-check:key',
      members: () => ({ '/server/key_name': 'osc-none' }),
      about: ['request /server/key_name'],
    },
    {
      id: 'unknown-zones',
      words: 'in an availability zone that does not exist',
      quote: unknown,
      fault: 'drop-check:zone',
      members: () => ({ '/server/availability_zone': 'osc-nowhere' }),
    },
    {
      id: 'unknown-security-groups',
      words: 'with a security group that does not exist',
      quote: unknown,
      fault: 'drop-check:security-groups',
      members: () => ({ '/server/security_groups': [{ name: 'osc-none' }] }),
    },
    {
      id: 'hosts-of-members',
      words: 'for a host by a member',
      quote: 'An administrator may choose the host of a server; a member who does is answered with 403.',
      fault: 'drop-check:role-destination',
      members: () => ({ '/server/host': 'osc' }),
      status: 403,
      range: '2.74-',
    },
    {
      id: 'user-data-of-another-form',
      words: 'with user data that is not in base64',
      quote: 'User data that is not in base64 is answered with 400.',
      fault: 'drop-check:body',
      members: () => ({ '/server/user_data': 'osc: no base64' }),
    },
    {
      id: 'names-that-are-too-long',
      words: 'with a name of 256 characters or of none',
      quote: 'A name is from 1 to 255 characters long.',
      fault: 'drop-check:body',
      members: () => ({ '/server/name': 'x'.repeat(256) }),
    },
    {
      id: 'more-than-50-tags',
      words: 'with 51 tags',
      quote: 'A server has at most 50 tags at its creation.',
      fault: 'drop-check:body',
      members: () => ({ '/server/tags': Array.from({ length: 51 }, (_, at) => `osc-${at}`) }),
      range: '2.52-',
    },
  ];
  return entries.map(({ id, words, quote, fault, members, status = 400, range, about }) => ({
    id: `${create}#refuses-${id}`,
    ...(about && { about }),
    statement: `A creation of a server ${words} MUST be answered with ${status}.`,
    quotes: [creating(quote)],
    ...(range !== undefined && { range }),
    cases: 'once',
    killedBy: [`${create}:${fault}`],
    check: async (ctx) => {
      const target = await createServer.rejected(ctx);
      const response = await createServer.send(ctx, {}, { members: { ...target.body, ...members(ctx) } });
      return [...expectRefused(response, status), ...(await target.unchanged())];
    },
  }));
}

export const refusedCreations = refusals();
