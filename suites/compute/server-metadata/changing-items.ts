/** Clauses on what changes of several items lead to, and on how the server shows every change. */
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { DeclaredOperation } from '../../../src/clauses/define-operation.ts';
import { expectResponse, expectValue } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import { keptItems } from '../fixtures/server-in-state.ts';
import { serverWithItems, type Items } from '../fixtures/server-with-items.ts';
import { expectItems, expectListed, listsItems, type Seen } from './observe.ts';
import {
  changedItems,
  createItems,
  deleteItem,
  newItem,
  ofThe,
  otherItems,
  replaceItems,
  updateItem,
} from './operations.ts';

const file = 'server-metadata.inc';
const item = section(file, 'Every item');
const creating = section(file, 'Creation or update of items');
const replacing = section(file, 'Replacement of items');

/** The items that a server has after the accepted call. */
const outcomes: readonly (readonly [DeclaredOperation<Seen>, Items])[] = [
  [createItems, { ...keptItems, ...changedItems }],
  [replaceItems, changedItems],
  [updateItem, { ...keptItems, ...newItem }],
  [deleteItem, otherItems],
];

export const changingItems: readonly WrittenClause[] = [
  ...outcomes.map(([operation, items]): WrittenClause => ({
    id: `${operation.id}#is-shown-by-the-server`,
    statement: `${operation.noun} MUST lead to a server that shows the items that it has then.`,
    quotes: [item('A server shows its items as ``metadata``.')],
    killedBy: ['compute:servers-show-no-metadata', `${operation.id}:skip-effect`],
    check: judgeAccepted(operation, {}, ({ shown }) =>
      expectResponse(shown, 200, (seen) => expectValue(seen, '/server/metadata', items)),
    ),
  })),
  {
    id: 'compute/create-or-update-metadata-items#merges-the-items',
    statement:
      'Items of the request MUST be added to those of the server, or take the place of those with the same key; the others MUST stay.',
    quotes: [
      creating(
        'Adds the items of the request whose keys the server does not have, and changes the values of the others.',
      ),
      creating('Items that are not in the request stay.'),
    ],
    killedBy: [
      `${createItems.id}:skip-effect`,
      'compute:created-items-replace-the-others',
      'compute:known-items-keep-their-values',
    ],
    check: judgeAccepted(createItems, {}, ({ listed }) => expectListed(listed, { ...keptItems, ...changedItems })),
  },
  {
    id: 'compute/create-or-update-metadata-items#answers-with-all-items',
    statement: 'A creation or update of items MUST be answered with all items that the server has then.',
    quotes: [creating('The response has all items of the server.')],
    killedBy: ['compute:created-items-alone-are-answered'],
    check: judgeAccepted(createItems, {}, (_seen, created) => expectItems(created, { ...keptItems, ...changedItems })),
  },
  {
    id: 'compute/create-or-update-metadata-items#accepts-no-items',
    statement: 'A creation or update with an empty object MUST be accepted and change nothing.',
    quotes: [creating('An empty object changes nothing.')],
    cases: 'once',
    killedBy: ['compute:no-items-are-refused'],
    check: (ctx) => sends(ctx, createItems, keptItems),
  },
  {
    id: 'compute/replace-metadata-items#replaces-all-items',
    statement:
      'A replacement MUST be answered with the items of its request, which MUST be the only ones of the server.',
    quotes: [
      replacing('Gives a server the items of the request and no others.'),
      replacing('The response has the items of the request.'),
    ],
    killedBy: [`${replaceItems.id}:skip-effect`, 'compute:replaced-items-stay'],
    check: judgeAccepted(replaceItems, {}, ({ listed }, replaced) => [
      ...expectItems(replaced, changedItems),
      ...expectListed(listed, changedItems),
    ]),
  },
  {
    id: 'compute/replace-metadata-items#removes-all-items-with-an-empty-object',
    statement: 'A replacement with an empty object MUST remove all items.',
    quotes: [replacing('An empty object removes all items.')],
    cases: 'once',
    killedBy: [`${replaceItems.id}:skip-effect`, 'compute:no-items-are-refused'],
    check: (ctx) => sends(ctx, replaceItems, {}),
  },
];

/** A request without items leads to these. */
async function sends(
  ctx: CheckContext,
  operation: DeclaredOperation<Seen>,
  expected: Items,
): Promise<readonly Finding[]> {
  const own = await serverWithItems(ctx);
  const response = await operation.send(ctx, ofThe(own).resources, { body: { metadata: {} } });
  return [
    ...expectResponse(response, 200, (seen) => expectItems(seen, expected)),
    ...(await listsItems(ctx, own.server, expected)),
  ];
}
