/** Clauses on the default policy: which role may call which operation. */
import type { Identity } from '../../../src/clauses/identity.ts';
import { expectStatus } from '../../../src/clauses/matchers.ts';
import { NotBound } from '../../../src/execution/errors.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { fixtures } from '../fixtures.ts';
import { operationCalls, refused, type OperationName } from './each-operation.ts';
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

/** The operations that a role may not call. */
interface Refusal {
  readonly role: Identity;
  readonly words: string;
  readonly operations: readonly OperationName[];
  readonly quote: WrittenClause['quotes'][number];
  readonly since?: WrittenClause['since'];
}

const refusals: readonly Refusal[] = [
  {
    role: 'reader',
    words: 'a reader of the project',
    operations: ['attach', 'update', 'detach'],
    quote: whoMayCall('A reader may not attach, update, detach or swap.'),
    since: restricted,
  },
  {
    role: 'reader',
    words: 'a reader of the project',
    operations: ['swap'],
    quote: whoMayCall('A reader may not attach, update, detach or swap.'),
  },
  {
    role: 'service',
    words: 'the service role alone',
    operations: ['list', 'show', 'attach', 'update', 'detach'],
    quote: whoMayCall('The service role alone gives no right to list, show, attach, update or detach.'),
    since: restricted,
  },
];

export const policyClauses: readonly WrittenClause[] = [
  ...refusals.flatMap(forbidden),
  ...readerReads(),
  ...memberChanges(),
  ...adminCalls(),
];

function forbidden({ role, words, operations: names, quote, since }: Refusal): readonly WrittenClause[] {
  return names.map((name) => {
    const operation = operationCalls[name];
    return {
      id: `${operation.id}#refuses-${role === 'reader' ? 'a-reader' : 'the-service-role'}`,
      statement: `${operation.words} by ${words} MUST be answered with 403.`,
      quotes: [quote, whoMayCall('A caller without the right is answered with 403.')],
      identities: [role],
      cases: 'boundaries',
      ...(since === undefined ? {} : { since }),
      killedBy: [`compute:${name}-permitted-to-${role}`],
      check: (ctx) => refused(ctx, 403, (resources) => operation.call(ctx, resources, { as: role })),
    };
  });
}

function readerReads(): readonly WrittenClause[] {
  const quotes = [whoMayCall('A reader of the project may list and show attachments.')] as const;
  return (['list', 'show'] as const).map((name) => ({
    id: `${operationCalls[name].id}#permits-a-reader`,
    statement: `${operationCalls[name].words} by a reader of the project MUST be answered with 200.`,
    quotes,
    identities: ['reader'],
    cases: 'boundaries',
    killedBy: [`compute:${name}-forbidden-to-reader`],
    check: (ctx) => reads(ctx, name, 'reader'),
  }));
}

async function reads(ctx: CheckContext, name: 'list' | 'show', as: Identity): Promise<readonly Finding[]> {
  const [{ server, volume }] = await fixtures(ctx).readOnly();
  return expectStatus(name === 'list' ? await list(ctx, server, { as }) : await show(ctx, server, volume, { as }), 200);
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
      killedBy: ['compute:attach-forbidden-to-member'],
      check: (ctx) => attaches(ctx, 'member'),
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
      killedBy: ['compute:update-forbidden-to-member'],
      check: (ctx) => updates(ctx, 'member'),
    },
    {
      ...common,
      id: 'compute/detach-volume#permits-a-member',
      statement: 'A detach by a member of the project MUST be accepted.',
      killedBy: ['compute:detach-forbidden-to-member'],
      check: (ctx) => detaches(ctx, 'member'),
    },
  ];
}

/** The administrator is signed in to another project than that of the server. */
function adminCalls(): readonly WrittenClause[] {
  const common = {
    quotes: [whoMayCall('An administrator may call every operation for the servers of every project.')],
    identities: ['admin'],
  } as const;
  return [
    ...(['list', 'show'] as const).map((name): WrittenClause => ({
      ...common,
      id: `${operationCalls[name].id}#permits-an-administrator`,
      statement: `${operationCalls[name].words} by an administrator of another project MUST be answered with 200.`,
      killedBy: [`compute:${name}-forbidden-to-admin`],
      check: (ctx) => {
        requireForeignAdmin(ctx);
        return reads(ctx, name, 'admin');
      },
    })),
    {
      ...common,
      id: 'compute/attach-volume#permits-an-administrator',
      statement: 'An attach by an administrator of another project MUST be accepted and come to its end.',
      cases: 'once',
      killedBy: ['compute:attach-forbidden-to-admin'],
      check: (ctx) => {
        requireForeignAdmin(ctx);
        return attaches(ctx, 'admin');
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
      killedBy: ['compute:update-forbidden-to-admin'],
      check: (ctx) => {
        requireForeignAdmin(ctx);
        return updates(ctx, 'admin');
      },
    },
    {
      ...common,
      id: 'compute/detach-volume#permits-an-administrator',
      statement: 'A detach by an administrator of another project MUST be accepted and come to its end.',
      cases: 'once',
      killedBy: ['compute:detach-forbidden-to-admin'],
      check: (ctx) => {
        requireForeignAdmin(ctx);
        return detaches(ctx, 'admin');
      },
    },
  ];
}

/** @throws NotBound when the administrator is signed in to the project of the member */
function requireForeignAdmin({ run }: CheckContext): void {
  const [member, admin] = [run.sessions.get('member'), run.sessions.get('admin')];
  if (member?.projectId !== undefined && member.projectId === admin?.projectId) {
    throw new NotBound('The administrator is signed in to the project of the member.');
  }
}

async function attaches(ctx: CheckContext, as: Identity): Promise<readonly Finding[]> {
  const [server, volume] = await Promise.all([fixtures(ctx).server(), fixtures(ctx).volume()]);
  const findings = expectStatus(await attach(ctx, server, volume, {}, { as }), attachStatus(ctx));
  return findings.length > 0 ? findings : eventuallyAttached(ctx, server, volume);
}

/** The update repeats the current value. */
async function updates(ctx: CheckContext, as: Identity): Promise<readonly Finding[]> {
  const { attached } = await fixtures(ctx).rejectionTarget();
  return expectStatus(
    await update(ctx, attached.server, attached.volume, { delete_on_termination: false }, { as }),
    202,
  );
}

async function detaches(ctx: CheckContext, as: Identity): Promise<readonly Finding[]> {
  const { server, volume } = await fixtures(ctx).attachment();
  const findings = expectStatus(await detach(ctx, server, volume, { as }), 202);
  return findings.length > 0 ? findings : eventuallyDetached(ctx, server, volume);
}
