/** Clauses on the creation of servers that no rule expresses. */
import { isSince } from '../../../src/microversion.ts';
import { judgeAccepted, judgeAcceptedWith, sentValue } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import {
  bodyOf,
  expectHeader,
  expectResponse,
  expectStatus,
  expectValue,
  type Checked,
} from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { kebab } from '../../../src/contract/clause-names.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import { atPointer, jsonList, jsonText } from '../../../src/json.ts';
import { server } from '../resource-types/server.ts';
import { control, observeServer } from '../rules/refusal.ts';
import { createServer, creating, newServer, wanted } from './create.ts';
import { createOne, idIn } from './create-one.ts';
import { refusedCreations } from './refused-creations.ts';

const create = 'compute/create-server';
const stores = creating('A created server has what its request sent.');

/** Optional members that a server shows as they were sent, and the microversions that have both. */
const repeated: readonly (readonly [name: keyof typeof wanted, shownAs: string, range: string])[] = [
  ['accessIPv4', 'accessIPv4', '2.1-'],
  ['accessIPv6', 'accessIPv6', '2.1-'],
  ['OS-DCF:diskConfig', 'OS-DCF:diskConfig', '2.1-'],
  ['metadata', 'metadata', '2.1-'],
  ['description', 'description', '2.19-'],
  ['tags', 'tags', '2.52-'],
  ['hostname', 'OS-EXT-SRV-ATTR:hostname', '2.90-'],
];

export const creatingClauses: readonly WrittenClause[] = [
  {
    id: `${create}#boots-a-server`,
    statement: 'A created server MUST become ACTIVE, with the name, the flavor and the image of its request.',
    quotes: [
      creating(
        'A created server is built until it is ``ACTIVE``, with the name, the flavor and the image of its request.',
      ),
      stores,
    ],
    killedBy: [`${create}:never-complete:spawn`, `${create}:never-complete:schedule`],
    check: (ctx) =>
      judgeAccepted(createServer, {}, ({ shown }, created) =>
        expectResponse(shown, 200, (seen) => [
          ...expectValue(seen, '/server/name', sentValue(created, '/server/name')),
          ...expectValue(seen, '/server/status', 'ACTIVE'),
          ...expectValue(seen, '/server/OS-EXT-STS:vm_state', 'active'),
          ...expectValue(seen, '/server/image/id', sentValue(created, '/server/imageRef')),
          ...(isSince(ctx.microversion, '2.47')
            ? []
            : expectValue(seen, '/server/flavor/id', sentValue(created, '/server/flavorRef'))),
          ...expectValue(seen, '/server/id', atPointer(bodyOf(created), '/server/id') ?? null),
        ]),
      )(ctx),
  },
  ...repeated.map(([name, shownAs, range]): WrittenClause => ({
    id: `${create}#stores-the-${kebab(name)}`,
    statement: `A created server MUST have the member ${name} of its request.`,
    quotes: [stores],
    ...(range !== '2.1-' && { range }),
    killedBy: [`${create}:ignore-member:body.${name}`],
    check: judgeAcceptedWith(createServer, `/server/${name}`, ({ shown }) =>
      expectResponse(shown, 200, (seen) => expectValue(seen, `/server/${shownAs}`, wanted[name])),
    ),
  })),
  {
    id: `${create}#stores-the-user-data`,
    statement: 'A created server MUST have the user data of its request, which administrators are shown.',
    quotes: [stores],
    range: '2.3-',
    identities: ['admin'],
    cases: 'once',
    killedBy: [`${create}:ignore-member:body.user_data`],
    check: async (ctx) =>
      judgedAsAdmin(ctx, (seen) => expectValue(seen, '/server/OS-EXT-SRV-ATTR:user_data', wanted.user_data)),
  },
  {
    id: `${create}#has-a-config-drive`,
    about: ['request /server/config_drive'],
    statement: 'A server that is created with a config drive MUST have one, and one without MUST NOT.',
    quotes: [stores],
    cases: 'once',
    killedBy: [`${create}:ignore-member:body.config_drive`],
    check: async (ctx) => [
      ...(await judgeAccepted(createServer, {}, ({ shown }) =>
        expectResponse(shown, 200, (seen) => expectValue(seen, drive, '')),
      )(ctx)),
      ...(await judgeAccepted(createServer, { [drive]: true }, ({ shown }) =>
        expectResponse(shown, 200, (seen) => expectValue(seen, drive, 'True')),
      )(ctx)),
    ],
  },
  {
    id: `${create}#names-the-server-in-location`,
    about: ['header Location'],
    statement: 'A creation MUST have the address of the server in Location, which is that of its link self.',
    quotes: [creating('The response has the address of the server in ``Location``, and a password.')],
    cases: 'ends',
    killedBy: [`${create}:drop-header:location`],
    check: judgeAccepted(createServer, {}, (_, created) =>
      expectHeader(created, 'location', `the address of ${idIn(created) ?? 'the server'}`, (value) =>
        value.endsWith(`/servers/${idIn(created) ?? ''}`),
      ),
    ),
  },
  {
    id: `${create}#repeats-the-password`,
    about: ['response /server/adminPass'],
    statement: 'A creation MUST have the password of its request in its response, or a new one where it sends none.',
    quotes: [
      creating('The response has the address of the server in ``Location``, and a password.'),
      creating('The password is that of the request, or a new one.'),
    ],
    cases: 'ends',
    killedBy: [`${create}:ignore-member:body.adminPass`, 'compute:created-servers-have-no-password'],
    check: async (ctx) => [
      ...(await judgeAcceptedWith(createServer, '/server/adminPass', (_, created) =>
        expectValue(created, '/server/adminPass', sentValue(created, '/server/adminPass')),
      )(ctx)),
      ...(await judgeAccepted(createServer, {}, (_, created) => {
        const password = jsonText(atPointer(bodyOf(created), '/server/adminPass')) ?? '';
        return password.length > 0 && password !== wanted.adminPass
          ? []
          : [
              {
                kind: 'value',
                exchange: created.id,
                pointer: '/server/adminPass',
                expected: 'a new password',
                seen: password,
              },
            ];
      })(ctx)),
    ],
  },
  {
    id: `${create}#describes-a-server-by-its-name-before-2-19`,
    statement:
      'A server that is created before 2.19 MUST have its name as its description, and one created later none.',
    quotes: [creating('Before microversion 2.19 the description of a new server is its name, and later it is null.')],
    cases: 'boundaries',
    killedBy: [
      `${create}:shift-range:gate.name-as-description:ends-early`,
      `${create}:shift-range:gate.name-as-description:ends-late`,
    ],
    check: async (ctx) => {
      const { response, id } = await createOne(ctx, {});
      if (id === undefined) return expectStatus(response, 202);
      const name = jsonText(sentValue(response, '/server/name')) ?? '';
      return expectResponse(await observeServer(ctx, { id }, '2.19'), 200, (seen) =>
        expectValue(seen, '/server/description', isSince(ctx.microversion, '2.19') ? null : name),
      );
    },
  },
  {
    id: `${create}#derives-the-hostname-from-the-name`,
    statement: 'A server that is created without a hostname MUST have one that follows from its name.',
    quotes: [creating('Without a hostname the server gets one from its name, in small letters.')],
    range: '2.90-',
    cases: 'once',
    killedBy: ['compute:hostnames-in-capitals'],
    check: async (ctx) => {
      const name = await ctx.newName(server, 'Osc');
      const { response, id } = await createOne(ctx, { '/server/name': name });
      if (id === undefined) return expectStatus(response, 202);
      return expectResponse(await observeServer(ctx, { id }, '2.90'), 200, (seen) =>
        expectValue(seen, '/server/OS-EXT-SRV-ATTR:hostname', name.toLowerCase()),
      );
    },
  },
  {
    id: `${create}#pins-to-the-requested-zone`,
    about: ['request /server/availability_zone'],
    statement: 'A server MUST be pinned to the availability zone of its request, and to none where it sends none.',
    quotes: [creating('A server is pinned to the availability zone of its request.')],
    range: '2.96-',
    killedBy: [`${create}:ignore-member:body.availability_zone`],
    check: async (ctx) => [
      ...(await judgeAcceptedWith(createServer, '/server/availability_zone', ({ shown }, created) =>
        expectResponse(shown, 200, (seen) => expectValue(seen, zone, sentValue(created, '/server/availability_zone'))),
      )(ctx)),
      ...(await judgeAccepted(createServer, {}, ({ shown }) =>
        expectResponse(shown, 200, (seen) => expectValue(seen, zone, null)),
      )(ctx)),
    ],
  },
  {
    id: `${create}#runs-on-the-requested-host`,
    about: ['request /server/host'],
    statement: 'A server that an administrator creates for a host MUST run there.',
    quotes: [creating('An administrator may choose the host of a server; a member who does is answered with 403.')],
    range: '2.74-',
    identities: ['admin'],
    cases: 'once',
    killedBy: [`${create}:ignore-member:body.host`],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const name of await hostsOf(ctx)) {
        const { body } = await newServer(ctx);
        const response = await createServer.send(ctx, {}, { as: 'admin', members: { ...body, '/server/host': name } });
        const id = idIn(control(response, 'a server on a host', 202)) ?? '';
        findings.push(
          ...(await ctx.eventually({
            look: () => showAsAdmin(ctx, id),
            until: (seen) => atPointer(bodyOf(seen), hostOf) === name,
            expected: `a server on the host ${name}`,
            seen: (last) => jsonText(atPointer(bodyOf(last), hostOf)) ?? 'no host',
            timeoutMs: timeouts.server,
          })),
        );
      }
      return findings;
    },
  },
  ...refusedCreations,
];

const drive = '/server/config_drive';
const zone = '/server/pinned_availability_zone';
const hostOf = '/server/OS-EXT-SRV-ATTR:host';

async function judgedAsAdmin(
  ctx: CheckContext,
  expect: (seen: Checked) => readonly Finding[],
): Promise<readonly Finding[]> {
  const { response, id } = await createOne(ctx, { '/server/user_data': wanted.user_data });
  return id === undefined ? expectStatus(response, 202) : expectResponse(await showAsAdmin(ctx, id), 200, expect);
}

function showAsAdmin(ctx: CheckContext, id: string): Promise<Exchange> {
  const path = `/servers/${id}`;
  return ctx.send({
    service: 'compute',
    method: 'GET',
    path,
    microversion: '2.3',
    as: 'admin',
    purpose: 'observation',
  });
}

/** The compute hosts that work. */
async function hostsOf(ctx: CheckContext): Promise<readonly string[]> {
  const response = await ctx.send({
    ...{ service: 'compute', method: 'GET', path: '/os-services', query: 'binary=nova-compute', as: 'admin' },
    purpose: 'observation',
  });
  const services = jsonList(atPointer(bodyOf(control(response, 'the compute hosts')), '/services'));
  return services
    .filter((one) => atPointer(one, '/state') === 'up' && atPointer(one, '/status') === 'enabled')
    .flatMap((one) => jsonText(atPointer(one, '/host')) ?? [])
    .slice(0, 2);
}
