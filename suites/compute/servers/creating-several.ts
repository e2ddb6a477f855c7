/** Clauses on the creation of several servers by one request. */
import { judgeAccepted, sentValue } from '../../../src/clauses/accepted-call.ts';
import {
  bodyOf,
  expectResponse,
  expectStatus,
  expectValue,
  respondedWith,
  sameJson,
  type Checked,
} from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { atPointer, jsonList, jsonText } from '../../../src/json.ts';
import { expectRefused } from '../rules/refusal.ts';
import { createServers, creating } from './create.ts';

const several = 'compute/create-multiple-servers';

export const creatingSeveral: readonly WrittenClause[] = [
  {
    id: `${several}#creates-as-many`,
    about: ['request /server', 'request /server/min_count', 'request /server/max_count'],
    statement:
      'A creation of one to two servers MUST lead to two servers with the name of the request and a number each.',
    quotes: [creating('A creation of several servers numbers their names, from 1 on.')],
    cases: 'ends',
    killedBy: [`${several}:ignore-member:body.max_count`, 'compute:several-servers-with-one-name'],
    check: judgeAccepted(createServers, { '/server/min_count': 1 }, ({ listed }, created) => {
      const name = jsonText(sentValue(created, '/server/name')) ?? '';
      return expectResponse(listed, 200, (seen) => expectNames(seen, [`${name}-1`, `${name}-2`]));
    }),
  },
  {
    id: `${several}#returns-the-reservation`,
    about: ['response /reservation_id', 'request /server/return_reservation_id'],
    statement:
      'A creation of several servers that asks for the reservation MUST be answered with its id alone, by which their list can be filtered.',
    quotes: [
      creating(
        'With ``return_reservation_id`` the response has the id of the reservation alone, by which lists can be filtered.',
      ),
    ],
    cases: 'once',
    killedBy: [`${several}:ignore-member:body.return_reservation_id`, `${several}:null-field:reservation_id`],
    check: async (ctx) => {
      const { body } = await createServers.accepted(ctx);
      const members = { ...body, '/server/return_reservation_id': true };
      const response = await createServers.send(ctx, {}, { members });
      const created = respondedWith(response, 202);
      if (!created) return expectStatus(response, 202);
      const id = jsonText(atPointer(bodyOf(created), '/reservation_id')) ?? 'none';
      const name = jsonText(sentValue(created, '/server/name')) ?? '';
      const listed = await ctx.send({
        ...{
          service: 'compute',
          method: 'GET',
          path: '/servers',
          query: `reservation_id=${id}`,
          purpose: 'observation',
        },
      });
      return [
        ...expectValue(created, '', { reservation_id: id }),
        ...expectResponse(listed, 200, (seen) => expectNames(seen, [`${name}-1`, `${name}-2`])),
      ];
    },
  },
  {
    id: `${several}#refuses-less-than-the-least`,
    statement: 'A creation of several servers whose greatest number is less than the least MUST be answered with 400.',
    quotes: [creating('A least number above the greatest is answered with 400.')],
    cases: 'once',
    killedBy: [`${several}:drop-check:counts`],
    check: async (ctx) => {
      const target = await createServers.rejected(ctx);
      const members = { ...target.body, '/server/min_count': 2, '/server/max_count': 1 };
      const response = await createServers.send(ctx, {}, { members });
      return [...expectRefused(response, 400), ...(await target.unchanged())];
    },
  },
  {
    id: `${several}#refuses-one-hostname-for-all`,
    statement: 'A creation of two servers with a hostname MUST be answered with 400.',
    quotes: [creating('A hostname for several servers is answered with 400.')],
    ...{ range: '2.90-', cases: 'once' },
    killedBy: [`${several}:drop-check:one-hostname`],
    check: async (ctx) => {
      const target = await createServers.rejected(ctx);
      const members = { ...target.body, '/server/hostname': 'osc-many' };
      const response = await createServers.send(ctx, {}, { members });
      return [...expectRefused(response, 400), ...(await target.unchanged())];
    },
  },
];

/** A list has servers with these names and no others. */
function expectNames(seen: Checked, expected: readonly string[]): readonly Finding[] {
  const names = jsonList(atPointer(bodyOf(seen), '/servers')).map((one) => jsonText(atPointer(one, '/name')) ?? 'none');
  if (sameJson([...names].sort(), [...expected])) return [];
  return [{ kind: 'value', exchange: seen.id, pointer: '/servers', expected: [...expected], seen: names }];
}
