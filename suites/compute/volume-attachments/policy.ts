/** Who may call: the default policy, role by role. */
import type { Identity } from '../../../src/conformance/identity.ts';
import { expectStatus } from '../../../src/conformance/matchers.ts';
import { NotBound } from '../../../src/conformance/errors.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import { given } from '../given.ts';
import { acts, refused, type ActName } from './each-operation.ts';
import {
  attach,
  attachStatus,
  detach,
  eventuallyAttached,
  eventuallyDetached,
  list,
  show,
  update,
} from './operations.ts';
import { updating, whoMayCall } from './quotes.ts';

const restricted = {
  maximum: '2.95',
  because: 'Roles restrict what callers of the same project may do by default since release 27.0.',
} as const;

/** Refusals of a role. */
interface Refusal {
  readonly role: Identity;
  readonly words: string;
  readonly acts: readonly ActName[];
  readonly quote: WrittenClause['quotes'][number];
  readonly since?: WrittenClause['since'];
}

const refusals: readonly Refusal[] = [
  {
    role: 'reader',
    words: 'a reader of the project',
    acts: ['attach', 'update', 'detach'],
    quote: whoMayCall('A reader may not attach, update, detach or swap.'),
    since: restricted,
  },
  {
    role: 'reader',
    words: 'a reader of the project',
    acts: ['swap'],
    quote: whoMayCall('A reader may not attach, update, detach or swap.'),
  },
  {
    role: 'service',
    words: 'the service role alone',
    acts: ['list', 'show', 'attach', 'update', 'detach'],
    quote: whoMayCall('The service role alone gives no right to list, show, attach, update or detach.'),
    since: restricted,
  },
];

export const policyClauses: readonly WrittenClause[] = [
  ...refusals.flatMap(forbidden),
  ...readerReads(),
  ...memberChanges(),
  ...adminActs(),
];

function forbidden({ role, words, acts: names, quote, since }: Refusal): readonly WrittenClause[] {
  return names.map((name) => {
    const act = acts[name];
    return {
      id: `${act.operation}#refuses-${role === 'reader' ? 'a-reader' : 'the-service-role'}`,
      statement: `${act.words} by ${words} MUST be answered with 403.`,
      quotes: [quote, whoMayCall('A caller without the right is answered with 403.')],
      identities: [role],
      cases: 'boundaries',
      ...(since === undefined ? {} : { since }),
      refutedBy: [`compute:${name}-permitted-to-${role}`],
      check: (stage) => refused(stage, 403, (place) => act.call(stage, place, { as: role })),
    };
  });
}

function readerReads(): readonly WrittenClause[] {
  const quotes = [whoMayCall('A reader of the project may list and show attachments.')] as const;
  return (['list', 'show'] as const).map((name) => ({
    id: `${acts[name].operation}#permits-a-reader`,
    statement: `${acts[name].words} by a reader of the project MUST be answered with 200.`,
    quotes,
    identities: ['reader'],
    cases: 'boundaries',
    refutedBy: [`compute:${name}-forbidden-to-reader`],
    check: (stage) => reads(stage, name, 'reader'),
  }));
}

async function reads(stage: Stage, name: 'list' | 'show', as: Identity): Promise<readonly Finding[]> {
  const [{ server, volume }] = await given(stage).quiet();
  return expectStatus(
    name === 'list' ? await list(stage, server, { as }) : await show(stage, server, volume, { as }),
    200,
  );
}

function memberChanges(): readonly WrittenClause[] {
  const common = {
    quotes: [whoMayCall('A member of the project may attach, update and detach besides.')],
    cases: 'once',
  } as const;
  return [
    {
      ...common,
      id: 'compute/attach-volume#permits-a-member',
      statement: 'An attach by a member of the project MUST be accepted.',
      refutedBy: ['compute:attach-forbidden-to-member'],
      check: (stage) => attaches(stage, 'member'),
    },
    {
      ...common,
      id: 'compute/update-volume-attachment#permits-a-member',
      statement: 'An update by a member of the project MUST be accepted.',
      quotes: [
        updating('The default policy lets members of the project and administrators update an attachment.'),
        ...common.quotes,
      ],
      errata: ['update-needs-a-member'],
      refutedBy: ['compute:update-forbidden-to-member'],
      check: (stage) => updates(stage, 'member'),
    },
    {
      ...common,
      id: 'compute/detach-volume#permits-a-member',
      statement: 'A detach by a member of the project MUST be accepted.',
      refutedBy: ['compute:detach-forbidden-to-member'],
      check: (stage) => detaches(stage, 'member'),
    },
  ];
}

/** The administrator belongs to another project than the server. */
function adminActs(): readonly WrittenClause[] {
  const common = {
    quotes: [whoMayCall('An administrator may call every operation for the servers of every project.')],
    identities: ['admin'],
  } as const;
  return [
    ...(['list', 'show'] as const).map((name): WrittenClause => ({
      ...common,
      id: `${acts[name].operation}#permits-an-administrator`,
      statement: `${acts[name].words} by an administrator of another project MUST be answered with 200.`,
      refutedBy: [`compute:${name}-forbidden-to-admin`],
      check: (stage) => {
        foreign(stage);
        return reads(stage, name, 'admin');
      },
    })),
    {
      ...common,
      id: 'compute/attach-volume#permits-an-administrator',
      statement: 'An attach by an administrator of another project MUST be accepted and come to its end.',
      cases: 'once',
      refutedBy: ['compute:attach-forbidden-to-admin'],
      check: (stage) => {
        foreign(stage);
        return attaches(stage, 'admin');
      },
    },
    {
      ...common,
      id: 'compute/update-volume-attachment#permits-an-administrator',
      statement: 'An update by an administrator of another project MUST be accepted.',
      quotes: [
        updating('The default policy lets members of the project and administrators update an attachment.'),
        ...common.quotes,
      ],
      refutedBy: ['compute:update-forbidden-to-admin'],
      check: (stage) => {
        foreign(stage);
        return updates(stage, 'admin');
      },
    },
    {
      ...common,
      id: 'compute/detach-volume#permits-an-administrator',
      statement: 'A detach by an administrator of another project MUST be accepted and come to its end.',
      cases: 'once',
      refutedBy: ['compute:detach-forbidden-to-admin'],
      check: (stage) => {
        foreign(stage);
        return detaches(stage, 'admin');
      },
    },
  ];
}

/** @throws NotBound when the administrator is signed in to the member's project. */
function foreign({ world }: Stage): void {
  const [member, admin] = [world.sessions.get('member'), world.sessions.get('admin')];
  if (member?.projectId !== undefined && member.projectId === admin?.projectId) {
    throw new NotBound('The administrator is signed in to the project of the member.');
  }
}

async function attaches(stage: Stage, as: Identity): Promise<readonly Finding[]> {
  const [server, volume] = await Promise.all([given(stage).server(), given(stage).volume()]);
  const findings = expectStatus(await attach(stage, server, volume, {}, { as }), attachStatus(stage));
  return findings.length > 0 ? findings : eventuallyAttached(stage, server, volume);
}

/** It repeats the value that is there. */
async function updates(stage: Stage, as: Identity): Promise<readonly Finding[]> {
  const { attached } = await given(stage).untouched();
  return expectStatus(
    await update(stage, attached.server, attached.volume, { delete_on_termination: false }, { as }),
    202,
  );
}

async function detaches(stage: Stage, as: Identity): Promise<readonly Finding[]> {
  const { server, volume } = await given(stage).attachment();
  const findings = expectStatus(await detach(stage, server, volume, { as }), 202);
  return findings.length > 0 ? findings : eventuallyDetached(stage, server, volume);
}
