/** Clauses on the change and the deletion of one item. */
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { expectNoBody, expectResponse, expectStatus } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import type { JsonObject } from '../../../src/json.ts';
import { keptItems } from '../fixtures/server-in-state.ts';
import { itemsToKeep, serverWithItems } from '../fixtures/server-with-items.ts';
import { expectRefused } from '../rules/refusal.ts';
import { expectItem, expectListed, listsItems } from './observe.ts';
import { deleteItem, newItem, newKey, otherItems, ownKey, updateItem, withKey } from './operations.ts';

const file = 'server-metadata.inc';
const every = section(file, 'Every call');
const updating = section(file, 'Creation or update of an item');
const deleting = section(file, 'Deletion of an item');

const unchanged = every('A change that is refused leaves every item as it is.');
const unknown = deleting('A key that the server does not have is answered with 404, also while the server is locked.');

export const singleItems: readonly WrittenClause[] = [
  {
    id: 'compute/create-or-update-metadata-item#adds-the-item-to-the-others',
    about: ['path key'],
    statement: 'A new item MUST be answered alone, and be among the items of the server beside those that it had.',
    quotes: [
      updating('Adds an item to a server, or changes its value.'),
      updating('The other items stay.'),
      updating('The response has that item only.'),
    ],
    killedBy: [
      `${updateItem.id}:skip-effect`,
      'compute:updated-item-replaces-the-others',
      'compute:item-with-all-others',
    ],
    check: judgeAccepted(updateItem, {}, ({ listed }, updated) => [
      ...expectItem(updated, newItem),
      ...expectListed(listed, { ...keptItems, ...newItem }),
    ]),
  },
  {
    id: 'compute/create-or-update-metadata-item#changes-a-known-item',
    statement: 'An item whose key the server has MUST be answered with its new value, and the others MUST stay.',
    quotes: [updating('Adds an item to a server, or changes its value.'), updating('The other items stay.')],
    cases: 'once',
    killedBy: ['compute:known-items-keep-their-values', `${updateItem.id}:skip-effect`],
    check: async (ctx) => {
      const own = await serverWithItems(ctx);
      const meta = { [ownKey]: 'sea' };
      const response = await updateItem.send(ctx, withKey(own).resources, { body: { meta } });
      return [
        ...expectResponse(response, 200, (updated) => expectItem(updated, meta)),
        ...(await listsItems(ctx, own.server, { ...keptItems, ...meta })),
      ];
    },
  },
  {
    id: 'compute/create-or-update-metadata-item#refuses-another-key-than-that-of-the-path',
    statement: 'An item with another key than that of the path MUST be answered with 400 and change nothing.',
    quotes: [updating('An item with another key than that of the path is answered with 400.'), unchanged],
    cases: 'once',
    killedBy: [`${updateItem.id}:drop-check:key`],
    check: (ctx) => refuses(ctx, [{ meta: { 'osc-other': 'bar' } }, { meta: { [newKey.toUpperCase()]: 'bar' } }]),
  },
  {
    id: 'compute/create-or-update-metadata-item#refuses-none-and-several-items',
    statement: 'A request for one item that has none or two MUST be answered with 400 and change nothing.',
    quotes: [updating('The request has exactly one item; none or several are answered with 400.'), unchanged],
    cases: 'once',
    killedBy: ['compute:items-in-any-number'],
    check: (ctx) => refuses(ctx, [{ meta: {} }, { meta: { ...newItem, 'osc-other': 'bar' } }]),
  },
  {
    id: 'compute/create-or-update-metadata-item#refuses-members-beside-meta',
    statement: 'A request for one item with a member beside meta MUST be answered with 400 and change nothing.',
    quotes: [updating('A member beside ``meta`` is answered with 400.'), unchanged],
    cases: 'once',
    killedBy: ['compute:other-members-beside-meta'],
    check: (ctx) => refuses(ctx, [{ meta: newItem, osc_unknown: 'x' }]),
  },
  {
    id: 'compute/delete-metadata-item#removes-that-item-only',
    about: ['path key'],
    statement: 'A deleted item MUST NOT be among the items of the server any more; the others MUST stay.',
    quotes: [
      deleting('Removes an item from a server.'),
      deleting('The other items stay.'),
      deleting('The response has no body.'),
    ],
    killedBy: [`${deleteItem.id}:skip-effect`, 'compute:deleted-item-takes-the-others'],
    check: judgeAccepted(deleteItem, {}, ({ listed }, deleted) => [
      ...expectNoBody(deleted),
      ...expectListed(listed, otherItems),
    ]),
  },
  {
    id: 'compute/delete-metadata-item#refuses-a-second-deletion',
    statement: 'A deletion of an item that was deleted MUST be answered with 404 and change nothing.',
    quotes: [unknown, unchanged],
    cases: 'once',
    killedBy: [`${deleteItem.id}:drop-check:item`],
    check: async (ctx) => {
      const own = await serverWithItems(ctx);
      return [
        ...expectStatus(await deleteItem.send(ctx, withKey(own).resources), 204),
        ...expectRefused(await deleteItem.send(ctx, withKey(own).resources), 404),
        ...(await listsItems(ctx, own.server, otherItems)),
      ];
    },
  },
  {
    id: 'compute/delete-metadata-item#looks-for-the-item-before-the-lock',
    statement: 'A deletion of an item that a locked server does not have MUST be answered with 404.',
    quotes: [unknown],
    cases: 'once',
    killedBy: [`${deleteItem.id}:check-order:lock-before-item`],
    check: async (ctx) => {
      const own = await itemsToKeep(ctx, { state: 'active', isLocked: true });
      return expectRefused(await deleteItem.send(ctx, withKey(own, newKey).resources), 404);
    },
  },
];

/** Requests to the path of the new key. */
async function refuses(ctx: CheckContext, bodies: readonly JsonObject[]): Promise<readonly Finding[]> {
  const own = await serverWithItems(ctx);
  const findings: Finding[] = [];
  for (const body of bodies) {
    const response = await updateItem.send(ctx, withKey(own, newKey).resources, { body });
    findings.push(...expectRefused(response, 400));
  }
  return [...findings, ...(await listsItems(ctx, own.server, keptItems))];
}
