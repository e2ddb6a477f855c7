/** The action that builds a server anew from an image, and the clauses on what it keeps and changes. */
import { judgeAccepted, judgeAcceptedWith, sentValue } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import {
  bodyOf,
  expectHeader,
  expectResponse,
  expectStatus,
  expectValue,
  respondedWith,
} from '../../../src/clauses/matchers.ts';
import type { AcceptedCall, Named, View } from '../../../src/clauses/define-operation.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { NotBound, Unreached } from '../../../src/execution/errors.ts';
import { atPointer, jsonObject, jsonText, type Json, type NonEmpty } from '../../../src/json.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { image } from '../../image/image.ts';
import { serverToChange, serverWithVolume } from '../fixtures/server-in-state.ts';
import { server } from '../resource-types/server.ts';
import { observeServer } from '../rules/refusal.ts';
import { createImage, imageName, imagesNamed, untilActive } from './images.ts';
import { running } from './power.ts';
import { expectOutcome } from './outcome.ts';
import { refuses } from './refuses.ts';
import { serverAction } from './server-action.ts';

const quote = section('server-actions.inc', 'Rebuild');
const does =
  'Builds a server anew from an image: an active server, or one in error, becomes ``ACTIVE``, and a stopped one ``SHUTOFF``.';
const stores = quote('What the request has of the server, such as its name, is that of the server afterwards.');

const constants = {
  accessIPv4: '192.0.2.18',
  accessIPv6: '2001:db8::18',
  adminPass: 'Osc-rebuild-1',
  metadata: { 'osc-color': 'blue' },
  'OS-DCF:diskConfig': 'AUTO',
  personality: [{ path: '/etc/osc', contents: 'b3Nj' }],
  preserve_ephemeral: false, // Another value needs a hypervisor of physical machines.
  description: 'osc, rebuilt',
  key_name: null,
  user_data: 'b3Nj',
  trusted_image_certificates: null,
  hostname: 'osc-rebuilt',
} as const;

function argument({ run }: CheckContext): { readonly imageRef: string } {
  return { imageRef: run.target.fixtures.image ?? '' };
}

const attributes = ['host', 'hypervisor_hostname', 'instance_name', 'kernel_id', 'launch_index', 'ramdisk_id'] as const;
const all = [...attributes, 'reservation_id', 'root_device_name'];
const restricted = all.map((name) => `/server/OS-EXT-SRV-ATTR:${name}`);

const views: Readonly<Record<string, View>> = {
  'by an administrator': {
    as: 'admin',
    members: ['/server/host_status', ...restricted] as NonEmpty<string>,
    only: {
      quote: quote('Only administrators are shown where the server runs, and how it was started, from 2.75 on.'),
      range: '2.75-',
    },
  },
  // Everybody is shown it from 2.90 on.
  'by an administrator, for the hostname': { as: 'admin', members: ['/server/OS-EXT-SRV-ATTR:hostname'] },
  'of a server with a volume': {
    members: ['/server/os-extended-volumes:volumes_attached'],
    accepted: async (ctx) => requestFor(ctx, await serverWithVolume(ctx, 'changed')),
  },
  'of a server with a port': {
    members: ['/server/security_groups'],
    accepted: async (ctx) => requestFor(ctx, await serverToChange(ctx, { state: 'active', hasPort: true })),
  },
};

/** Another case may have rebuilt the server before. */
async function requestFor(ctx: CheckContext, server: Named): Promise<AcceptedCall> {
  await rebuildServer.effect?.(ctx, { server });
  return { resources: { server }, body: { '/rebuild': argument(ctx) } };
}

export const rebuildServer = serverAction('compute/rebuild-server', {
  ...{ key: 'rebuild', noun: 'A rebuild', section: 'Rebuild', by: 'member', capabilities: ['rescue'], does, views },
  argument,
  members: async (ctx) => ({ ...constants, name: await ctx.newName(server, 'rebuilt') }),
  values: ['name', ...Object.keys(constants), 'metadata/*', 'personality/*/path', 'personality/*/contents'],
  refers: { 'body /rebuild/imageRef': { to: image, or: 'fixture' } },
  ...{ from: 'active', also: ['stopped', 'error'] },
  states: 'A server that is neither active, stopped nor in error is answered with 409.',
  leads: running,
  elsewhere: ['SHUTOFF'],
  effectFault: 'compute/rebuild-server:never-complete:rebuilding',
  refusedFirst: ['body before resource', 'body before role', 'resource before role'],
});

const id = rebuildServer.id;

/** Members that the response and a show of the server have as they were sent. */
const stored: readonly (readonly [name: keyof typeof constants, words: string, range?: string])[] = [
  ['accessIPv4', 'ipv4-address'],
  ['accessIPv6', 'ipv6-address'],
  ['metadata', 'metadata'],
  ['OS-DCF:diskConfig', 'disk-configuration'],
  ['description', 'description', '2.19-'],
];

export const rebuildingClauses: readonly WrittenClause[] = [
  {
    id: `${id}#stores-the-name`,
    about: ['request /rebuild/name'],
    statement: 'A rebuilt server MUST have the name of the request, in the response and when it is shown.',
    quotes: [stores],
    killedBy: [`${id}:ignore-member:body.name`],
    check: isStored('name'),
  },
  ...stored.map(([name, words, range]): WrittenClause => ({
    id: `${id}#stores-the-${words}`,
    about: [`request /rebuild/${name}`],
    statement: `A rebuilt server MUST have the ${words.replace('-', ' ')} of the request, in the response and when it is shown.`,
    quotes: [stores],
    ...(range !== undefined && { range }),
    killedBy: [`${id}:ignore-member:body.${name}`],
    check: isStored(name),
  })),
  {
    id: `${id}#stores-the-hostname`,
    about: ['request /rebuild/hostname'],
    statement: 'A rebuilt server MUST be shown with the hostname of the request.',
    quotes: [stores],
    range: '2.90-',
    killedBy: [`${id}:ignore-member:body.hostname`],
    check: judgeAcceptedWith(rebuildServer, '/rebuild/hostname', ({ shown }) =>
      expectResponse(shown, 200, (seen) => expectValue(seen, '/server/OS-EXT-SRV-ATTR:hostname', constants.hostname)),
    ),
  },
  {
    id: `${id}#locates-the-server`,
    about: ['header Location'],
    statement: 'The response to a rebuild MUST have the URL of the server in Location.',
    quotes: [quote('The header ``Location`` ends with the path of the server.')],
    cases: 'ends',
    killedBy: [`${id}:drop-header:location`],
    check: judgeAccepted(rebuildServer, {}, (_, accepted) => {
      const { id: own } = jsonObject(atPointer(bodyOf(accepted), '/server'));
      return expectHeader(accepted, 'location', 'the URL of the server', (value) =>
        value.endsWith(`/servers/${jsonText(own) ?? ''}`),
      );
    }),
  },
  {
    id: `${id}#shows-the-user-data`,
    about: ['request /rebuild/user_data'],
    statement: 'The response to a rebuild MUST have the user data of the request.',
    quotes: [quote('The response has the user data of the server from 2.57 on.')],
    range: '2.57-',
    killedBy: [`${id}:ignore-member:body.user_data`],
    check: judgeAcceptedWith(rebuildServer, '/rebuild/user_data', (_, accepted) =>
      expectValue(accepted, '/server/user_data', constants.user_data),
    ),
  },
  {
    id: `${id}#shows-the-password`,
    about: ['request /rebuild/adminPass'],
    statement: 'The response to a rebuild MUST have the password of the request, where it has one.',
    quotes: [quote('Where the response has a password, it is that of the request.')],
    cases: 'ends',
    killedBy: [`${id}:ignore-member:body.adminPass`],
    check: judgeAcceptedWith(rebuildServer, '/rebuild/adminPass', (_, accepted) => {
      if (atPointer(bodyOf(accepted), '/server/adminPass') === undefined) {
        throw new NotBound('The target does not show the passwords of servers.');
      }
      return expectValue(accepted, '/server/adminPass', sentValue(accepted, '/rebuild/adminPass'));
    }),
  },
  {
    id: `${id}#stops-a-stopped-server`,
    statement: 'A rebuild of a stopped server MUST lead to a server with the status SHUTOFF.',
    quotes: [quote(does)],
    cases: 'once',
    killedBy: ['compute:rebuild-starts-stopped-servers'],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'stopped' });
      const response = await send(ctx, server, argument(ctx));
      return [
        ...expectStatus(response, 202),
        ...((await rebuildServer.effect?.(ctx, { server })) ?? []),
        ...expectResponse(await observeServer(ctx, server), 200, (seen) =>
          expectOutcome(seen, { status: 'SHUTOFF', vmState: 'stopped' }),
        ),
      ];
    },
  },
  {
    id: `${id}#keeps-its-addresses-and-flavor`,
    statement: 'A rebuilt server MUST have its former id, addresses, flavor, project and time of creation.',
    quotes: [quote('The server keeps its id, its addresses and its flavor.')],
    cases: 'once',
    killedBy: ['compute:rebuild-changes-the-flavor'],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'active' });
      const version = formatMicroversion(ctx.microversion);
      const before = await observeServer(ctx, server, version);
      const response = await send(ctx, server, argument(ctx));
      const incomplete = (await rebuildServer.effect?.(ctx, { server })) ?? [];
      const after = await observeServer(ctx, server, version);
      return [
        ...expectStatus(response, 202),
        ...incomplete,
        ...expectResponse(before, 200, (was) =>
          expectResponse(after, 200, (is) =>
            ['id', 'addresses', 'flavor', 'tenant_id', 'user_id', 'created'].flatMap((name) =>
              expectValue(is, `/server/${name}`, atPointer(bodyOf(was), `/server/${name}`) ?? null),
            ),
          ),
        ),
      ];
    },
  },
  {
    id: `${id}#changes-the-image`,
    about: ['request /rebuild/imageRef'],
    statement: 'A rebuilt server MUST have the image of the request, in the response and when it is shown.',
    quotes: [quote('The server has the image of the request afterwards.')],
    ...{ cases: 'ends', capabilities: ['rescue'] },
    killedBy: ['compute:rebuild-keeps-the-image'],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'active' });
      // The image is removed with the case.
      server.makeDirty();
      const other = await imageOf(ctx, server);
      const response = await send(ctx, server, { imageRef: other });
      const incomplete = (await rebuildServer.effect?.(ctx, { server })) ?? [];
      return [
        ...expectResponse(response, 202, (accepted) => expectValue(accepted, '/server/image/id', other)),
        ...incomplete,
        ...expectResponse(await observeServer(ctx, server), 200, (seen) =>
          expectValue(seen, '/server/image/id', other),
        ),
      ];
    },
  },
  {
    id: `${id}#refuses-an-unknown-image`,
    statement: 'A rebuild from an image that does not exist MUST be answered with 400 and change nothing.',
    quotes: [quote('An image that does not exist is answered with 400.')],
    cases: 'once',
    killedBy: [`${id}:drop-check:image`],
    check: (ctx) => refuses(ctx, rebuildServer, 'active', 400, [{ imageRef: ctx.uuid() }]),
  },
  {
    id: `${id}#refuses-an-unknown-key`,
    about: ['request /rebuild/key_name'],
    statement: 'A rebuild with a key pair that does not exist MUST be answered with 400 and change nothing.',
    quotes: [quote('A key pair that does not exist is answered with 400.')],
    ...{ range: '2.54-', cases: 'once' },
    killedBy: [`${id}:drop-check:key`],
    check: (ctx) => refuses(ctx, rebuildServer, 'active', 400, [{ ...argument(ctx), key_name: `osc-${ctx.uuid()}` }]),
  },
];

function isStored(name: string): WrittenClause['check'] {
  const pointer = `/server/${name}`;
  return judgeAcceptedWith(rebuildServer, `/rebuild/${name}`, ({ shown }, accepted) => {
    const expected = sentValue(accepted, `/rebuild/${name}`);
    return [
      ...expectValue(accepted, pointer, expected),
      ...expectResponse(shown, 200, (seen) => expectValue(seen, pointer, expected)),
    ];
  });
}

function send(ctx: CheckContext, server: Named, value: Readonly<Record<string, Json>>): Promise<Exchange> {
  return rebuildServer.send(ctx, { server }, { members: { '/rebuild': value } });
}

/** The id of an active image of the server. @throws Unreached */
async function imageOf(ctx: CheckContext, server: Named): Promise<string> {
  const name = await imageName(ctx);
  const response = await createImage.send(ctx, { server }, { members: { '/createImage': { name } } });
  const list = await untilActive(ctx, name);
  const seen = 'incomplete' in list ? undefined : respondedWith(list, 200);
  const found = seen && jsonText(imagesNamed(seen, name)[0]?.id);
  const unfinished = (await createImage.effect?.(ctx, { server })) ?? [];
  if (found === undefined || unfinished.length > 0) {
    throw new Unreached('another image', 'No image of the server became active.', response);
  }
  return found;
}
