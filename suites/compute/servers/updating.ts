/** Clauses on updates of servers that no rule expresses. */
import { judgeAccepted, judgeAcceptedWith, sentValue } from '../../../src/clauses/accepted-call.ts';
import { bodyOf, expectResponse, expectStatus, expectValue } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Named } from '../../../src/clauses/define-operation.ts';
import { Unreached } from '../../../src/execution/errors.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { atPointer, jsonText } from '../../../src/json.ts';
import { serverToChange } from '../fixtures/server-in-state.ts';
import { control, expectRefused, observeServer } from '../rules/refusal.ts';
import { changing, newServerName, updates, updateServer } from './operations.ts';

const update = 'compute/update-server';
const shows = changing('The response to an update shows the server as it is afterwards, and so does a show.');
const stored = changing('A name, a description, an address and the disk configuration are stored as they were sent.');

/** The members of an update that are shown as they were sent: their words in ids, and the range in which they exist. */
const repeated: readonly (readonly [pointer: string, words: string, range: string])[] = [
  ['/server/accessIPv4', 'access-ipv4', '2.1-'],
  ['/server/accessIPv6', 'access-ipv6', '2.1-'],
  ['/server/OS-DCF:diskConfig', 'disk-config', '2.1-'],
  ['/server/description', 'description', '2.19-'],
];

const address = '192.0.2.18';
const zone = '/server/pinned_availability_zone';

const pinned = changing(
  'A server can be pinned to the availability zone in which it runs, and to no other: that is answered with 409.',
);

const pinning: readonly WrittenClause[] = [
  {
    id: `${update}#pins-to-its-own-zone`,
    about: ['status 409'],
    statement: 'An update MUST pin a server to its own availability zone, and be answered with 409 for another one.',
    quotes: [
      pinned,
      changing('A server that is pinned is not pinned to another zone before it is unpinned with null.'),
    ],
    range: '2.104-',
    killedBy: [`${update}:drop-check:pinned-zone`, `${update}:ignore-member:body.pinned_availability_zone`],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'active' });
      const before = await observeServer(ctx, server);
      const own = jsonText(atPointer(bodyOf(control(before, 'a server')), '/server/OS-EXT-AZ:availability_zone'));
      if (own === undefined) throw new Unreached('a server with an availability zone', 'It shows none.', before);
      const pin = (to: string | null): Promise<Exchange> =>
        updateServer.send(ctx, { server }, { members: { [zone]: to } });
      return [
        ...expectResponse(await pin(null), 200, (seen) => expectValue(seen, zone, null)),
        ...expectRefused(await pin(`${own}-other`), 409),
        ...expectResponse(await pin(own), 200, (seen) => expectValue(seen, zone, own)),
        ...expectRefused(await pin(`${own}-other`), 409),
        ...expectResponse(await pin(own), 200, (seen) => expectValue(seen, zone, own)),
        ...expectResponse(await pin(null), 200, (seen) => expectValue(seen, zone, null)),
      ];
    },
  },
];
export const updatingClauses: readonly WrittenClause[] = [
  ...pinning,
  {
    id: `${update}#stores-the-name`,
    statement: 'An updated server MUST have the name of the request, in the response and when it is shown.',
    quotes: [stored, shows],
    killedBy: [`${update}:skip-effect`, `${update}:ignore-member:body.name`],
    check: judgeAccepted(updateServer, {}, ({ shown }, accepted) => [
      ...expectValue(accepted, '/server/name', sentValue(accepted, '/server/name')),
      ...expectResponse(shown, 200, (seen) => expectValue(seen, '/server/name', sentValue(accepted, '/server/name'))),
    ]),
  },
  ...repeated.map(([pointer, words, range]): WrittenClause => ({
    id: `${update}#stores-the-${words}`,
    statement: `An updated server MUST have the ${words.replace('-', ' ')} of the request, in the response and when it is shown.`,
    quotes: [stored, shows],
    ...(range !== '2.1-' && { range }),
    killedBy: [`${update}:skip-effect`, `${update}:ignore-member:body.${pointer.split('/')[2] ?? ''}`],
    check: judgeAcceptedWith(updateServer, pointer, ({ shown }, accepted) => [
      ...expectValue(accepted, pointer, updates[pointer] ?? null),
      ...expectResponse(shown, 200, (seen) => expectValue(seen, pointer, updates[pointer] ?? null)),
    ]),
  })),
  {
    id: `${update}#keeps-what-is-not-sent`,
    statement: 'An update of the name alone MUST leave the addresses, the metadata and the flavor as they were.',
    quotes: [changing('An update changes the members that it sends and no others.')],
    cases: 'once',
    killedBy: ['compute:update-resets-the-addresses'],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'active' });
      const first = { '/server/name': await newServerName(ctx), '/server/accessIPv4': address };
      const prepared = await updateServer.send(ctx, { server }, { members: first, purpose: 'preparation' });
      const before = await observeServer(ctx, server);
      const updated = await rename(ctx, server, await newServerName(ctx));
      const after = await observeServer(ctx, server);
      return [
        ...expectStatus(prepared, 200),
        ...expectStatus(updated, 200),
        ...expectResponse(before, 200, (was) =>
          expectResponse(after, 200, (is) =>
            ['accessIPv4', 'accessIPv6', 'metadata', 'flavor', 'hostId', 'created'].flatMap((name) =>
              expectValue(is, `/server/${name}`, atPointer(bodyOf(was), `/server/${name}`) ?? null),
            ),
          ),
        ),
        ...expectResponse(before, 200, (was) => expectValue(was, '/server/accessIPv4', address)),
      ];
    },
  },
  {
    id: `${update}#refuses-blanks-around-a-name`,
    statement: 'An update to a name with blanks at its ends MUST be answered with 400.',
    quotes: [changing('A name with blanks at its ends is answered with 400.')],
    cases: 'once',
    killedBy: ['compute:update-takes-blanks'],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'active' });
      const name = await newServerName(ctx);
      return [
        ...expectRefused(await rename(ctx, server, ` ${name}`), 400),
        ...expectRefused(await rename(ctx, server, `${name} `), 400),
      ];
    },
  },
  {
    id: `${update}#takes-the-longest-name`,
    statement: 'A name with 255 characters MUST be accepted, and one with 256 or none MUST be answered with 400.',
    quotes: [changing('A name is from 1 to 255 characters long.')],
    cases: 'once',
    killedBy: ['compute:update-takes-names-of-254', 'compute:update-takes-any-name'],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'active' });
      const longest = (await newServerName(ctx)).padEnd(255, 'x');
      return [
        ...expectResponse(await rename(ctx, server, longest), 200, (seen) =>
          expectValue(seen, '/server/name', longest),
        ),
        ...expectRefused(await rename(ctx, server, `${longest}x`), 400),
        ...expectRefused(await rename(ctx, server, ''), 400),
        ...expectResponse(await observeServer(ctx, server), 200, (seen) => expectValue(seen, '/server/name', longest)),
      ];
    },
  },
];

function rename(ctx: CheckContext, server: Named, name: string): Promise<Exchange> {
  return updateServer.send(ctx, { server }, { members: { '/server/name': name } });
}
