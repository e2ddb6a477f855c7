/** The clauses on the metadata of servers; here those on the operations that read it. */
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import { clausesByRules } from '../../../src/clauses/define-rule.ts';
import { expectResponse, expectValue } from '../../../src/clauses/matchers.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import { itemsToKeep, serverWithItems } from '../fixtures/server-with-items.ts';
import { keptItems } from '../fixtures/server-in-state.ts';
import { computeRules } from '../rules/index.ts';
import { expectRefused } from '../rules/refusal.ts';
import { changingItems } from './changing-items.ts';
import { limits } from './limits.ts';
import { expectItem, expectListed } from './observe.ts';
import {
  listItems,
  newItem,
  newKey,
  ofThe,
  ownKey,
  serverMetadataOperations,
  showItem,
  withKey,
} from './operations.ts';
import { singleItems } from './single-items.ts';

const file = 'server-metadata.inc';
const item = section(file, 'Every item');
const listing = section(file, 'List of items');
const showing = section(file, 'Show an item');

const reading: readonly WrittenClause[] = [
  {
    id: 'compute/list-all-metadata#lists-the-items-of-the-server',
    statement: 'A list MUST have all items of the server, and none of another server.',
    quotes: [listing('Lists all items of a server, and none of another server.')],
    cases: 'once',
    killedBy: ['compute:metadata-of-every-server'],
    check: async (ctx) => {
      const [own, other] = await Promise.all([itemsToKeep(ctx), serverWithItems(ctx, 'active', newItem)]);
      return [
        ...expectListed(await listItems.send(ctx, ofThe(own).resources), own.items),
        ...expectListed(await listItems.send(ctx, ofThe(other).resources), newItem),
      ];
    },
  },
  {
    id: 'compute/list-all-metadata#lists-no-items-as-an-empty-object',
    statement: 'The list of a server without items MUST have an empty object.',
    quotes: [listing('For a server without items the object is empty.')],
    cases: 'once',
    killedBy: ['compute:no-metadata-is-null'],
    check: async (ctx) => {
      const own = await serverWithItems(ctx, 'active', {});
      return expectListed(await listItems.send(ctx, ofThe(own).resources), {});
    },
  },
  {
    id: 'compute/list-all-metadata#agrees-with-the-server',
    statement: 'A list MUST have the items that the server shows.',
    quotes: [
      item('A server shows its items as ``metadata``.'),
      listing('Lists all items of a server, and none of another server.'),
    ],
    killedBy: ['compute:servers-show-no-metadata', 'compute:metadata-of-every-server'],
    check: async (ctx) => {
      const { items } = await itemsToKeep(ctx);
      return judgeAccepted(listItems, {}, ({ shown }, listed) => [
        ...expectListed(listed, items),
        ...expectResponse(shown, 200, (seen) => expectValue(seen, '/server/metadata', items)),
      ])(ctx);
    },
  },
  {
    id: 'compute/show-metadata-item-details#shows-the-item-of-the-key',
    about: ['path key'],
    statement: 'A request for an item MUST be answered with that item, and with no other.',
    quotes: [showing('Shows the item with the key of the path, and no other.')],
    cases: 'once',
    killedBy: ['compute:item-with-all-others'],
    check: async (ctx) => {
      const own = await itemsToKeep(ctx);
      const findings = Object.entries(own.items).map(async ([key, value]) =>
        expectResponse(await showItem.send(ctx, withKey(own, key).resources), 200, (seen) =>
          expectItem(seen, { [key]: value }),
        ),
      );
      return (await Promise.all(findings)).flat();
    },
  },
  {
    id: 'compute/show-metadata-item-details#finds-the-items-of-the-server-only',
    statement: 'A key that another server has, and this one has not, MUST be answered with 404.',
    quotes: [
      showing('A key that the server does not have is answered with 404.'),
      listing('Lists all items of a server, and none of another server.'),
    ],
    cases: 'once',
    killedBy: ['compute:metadata-of-every-server', 'compute/show-metadata-item-details:drop-check:item'],
    check: async (ctx) => {
      const [own, other] = await Promise.all([serverWithItems(ctx, 'active', newItem), itemsToKeep(ctx)]);
      return [
        ...expectRefused(await showItem.send(ctx, withKey(own, ownKey).resources), 404),
        ...expectRefused(await showItem.send(ctx, withKey(other, newKey).resources), 404),
      ];
    },
  },
  {
    id: 'compute/show-metadata-item-details#distinguishes-case',
    statement: 'A key that the server has in other letters, capital or small, MUST be answered with 404.',
    quotes: [item('Keys that differ only in case are different keys.')],
    cases: 'once',
    killedBy: ['compute:keys-ignore-case'],
    check: async (ctx) => {
      const own = await serverWithItems(ctx, 'active', keptItems);
      return expectRefused(await showItem.send(ctx, withKey(own, ownKey.toUpperCase()).resources), 404);
    },
  },
];

export const serverMetadataClauses: readonly WrittenClause[] = [
  ...clausesByRules(computeRules, serverMetadataOperations),
  ...reading,
  ...changingItems,
  ...singleItems,
  ...limits,
];
