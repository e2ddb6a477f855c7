/** Clauses on what single actions change beside the state of the server. */
import { judgeAccepted, judgeAcceptedWith } from '../../../src/clauses/accepted-call.ts';
import { bodyOf, expectResponse, expectStatus, expectValue, type Checked } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { atPointer, jsonText, type Json } from '../../../src/json.ts';
import { serverToChange } from '../fixtures/server-in-state.ts';
import { observeServer } from '../rules/refusal.ts';
import { forceDeleteServer } from './deletion.ts';
import { showConsoleOutput } from './guest.ts';
import { lockServer, resetServerState, unlockServer } from './lock.ts';
import { lastHost, unshelveServer } from './shelving.ts';
import { confirmResize, resizeServer, revertResize } from './resizing.ts';
import { expectOutcome } from './outcome.ts';
import type { Acted } from './action-types.ts';

const file = 'server-actions.inc';
const locking = section(file, 'Lock');
const unlocking = section(file, 'Unlock');
const output = section(file, 'Console output');

/** The reason of the accepted lock. */
const reason = 'osc maintenance';

/** From 2.47 on the flavor is shown without its id. */
const flavorIds = '2.1-2.46';

export const writtenActionClauses: readonly WrittenClause[] = [
  {
    id: 'compute/lock-server#shows-the-lock',
    statement: 'A locked server MUST show locked as true.',
    quotes: [locking('Locks a server against the actions of its project: it shows ``locked``.')],
    range: '2.9-',
    killedBy: ['compute/lock-server:skip-effect'],
    check: judgeAccepted(lockServer, {}, shows('/server/locked', true)),
  },
  {
    id: 'compute/lock-server#shows-its-reason',
    statement: 'A server that was locked with a reason MUST show it as locked_reason.',
    quotes: [locking('The reason of a lock is shown with the server until it is unlocked.')],
    range: '2.73-',
    killedBy: ['compute/lock-server:skip-effect', 'compute/lock-server:ignore-member:body.locked_reason'],
    check: judgeAcceptedWith(lockServer, '/lock/locked_reason', shows('/server/locked_reason', reason)),
  },
  {
    id: 'compute/unlock-server#removes-the-lock',
    statement: 'A server that was unlocked MUST show locked as false.',
    quotes: [unlocking('Ends the lock of a server: it does not show ``locked`` any more.')],
    range: '2.9-',
    killedBy: ['compute/unlock-server:skip-effect'],
    check: judgeAccepted(unlockServer, {}, shows('/server/locked', false)),
  },
  {
    id: 'compute/unlock-server#removes-the-reason',
    statement: 'A server that was locked with a reason and unlocked MUST show locked_reason as null.',
    quotes: [
      unlocking('The reason of the lock is removed.'),
      locking('The reason of a lock is shown with the server until it is unlocked.'),
    ],
    ...{ range: '2.73-', cases: 'once' },
    killedBy: ['compute/unlock-server:skip-effect', 'compute:unlock-keeps-the-reason'],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'active' });
      const members = { '/lock': { locked_reason: reason } };
      return [
        ...expectStatus(await lockServer.send(ctx, { server }, { members, purpose: 'preparation' }), 202),
        ...expectStatus(await unlockServer.send(ctx, { server }, { members: { '/unlock': null } }), 202),
        ...expectResponse(await observeServer(ctx, server, formatMicroversion(ctx.microversion)), 200, (seen) =>
          expectValue(seen, '/server/locked_reason', null),
        ),
      ];
    },
  },
  {
    id: 'compute/unlock-server#accepts-a-server-that-is-not-locked',
    statement: 'An unlock of a server that is not locked MUST be accepted.',
    quotes: [unlocking('A server that is not locked is accepted.')],
    cases: 'once',
    killedBy: ['compute:unlock-needs-a-lock'],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'active' });
      return expectStatus(await unlockServer.send(ctx, { server }, { members: { '/unlock': null } }), 202);
    },
  },
  {
    id: 'compute/reset-server-state#makes-a-server-active',
    statement: 'A reset of the state of a server in error to active MUST lead to a server with the status ACTIVE.',
    quotes: [section(file, 'Reset state')('Sets the state of a server to active or to error, whatever it is doing.')],
    ...{ cases: 'once', identities: ['admin'] },
    killedBy: ['compute/reset-server-state:skip-effect'],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'error' });
      const members = { '/os-resetState': { state: 'active' } };
      return [
        ...expectStatus(await resetServerState.send(ctx, { server }, { members }), 202),
        ...expectResponse(await observeServer(ctx, server), 200, (seen) =>
          expectOutcome(seen, { status: 'ACTIVE', vmState: 'active' }),
        ),
      ];
    },
  },
  {
    id: 'compute/unshelve-shelved-server#moves-to-the-host-of-the-request',
    about: ['request /unshelve/host'],
    statement: 'An unshelving by an administrator to a host MUST lead to an active server on that host.',
    quotes: [section(file, 'Unshelve')('An administrator may name the host; the server runs there afterwards.')],
    ...{ range: '2.91-', cases: 'once', identities: ['admin'] },
    killedBy: ['compute/unshelve-shelved-server:ignore-member:body.host'],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'shelved-offloaded' });
      const host = await lastHost(ctx);
      const members = { '/unshelve': { host } };
      const response = await unshelveServer.send(ctx, { server }, { members, as: 'admin' });
      const incomplete = (await unshelveServer.effect?.(ctx, { server })) ?? [];
      const path = `/servers/${server.id}`;
      const seen = await ctx.send({ service: 'compute', method: 'GET', path, as: 'admin', purpose: 'observation' });
      return [
        ...expectStatus(response, 202),
        ...incomplete,
        ...expectResponse(seen, 200, (shown) => expectValue(shown, '/server/OS-EXT-SRV-ATTR:host', host)),
      ];
    },
  },
  {
    id: 'compute/resize-server#shows-the-new-flavor',
    statement: 'A resized server MUST show the flavor of the request.',
    quotes: [
      section(
        file,
        'Resize',
      )(
        'Gives a server another flavor: it becomes ``VERIFY_RESIZE`` and shows that flavor until the resize is confirmed or reverted.',
      ),
    ],
    range: flavorIds,
    killedBy: ['compute/resize-server:skip-effect', 'compute:resize-keeps-the-flavor'],
    check: (ctx) => judgeAccepted(resizeServer, {}, shows('/server/flavor/id', flavorOf(ctx, 'other_flavor')))(ctx),
  },
  {
    id: 'compute/confirm-resized-server#keeps-the-new-flavor',
    statement: 'A server whose resize was confirmed MUST show the new flavor.',
    quotes: [
      section(file, 'Confirm resize')('Ends a resize with the new flavor: the server becomes ``ACTIVE`` and keeps it.'),
    ],
    range: flavorIds,
    killedBy: ['compute/confirm-resized-server:skip-effect', 'compute:confirmation-restores-the-flavor'],
    check: (ctx) => judgeAccepted(confirmResize, {}, shows('/server/flavor/id', flavorOf(ctx, 'other_flavor')))(ctx),
  },
  {
    id: 'compute/revert-resized-server#restores-the-former-flavor',
    statement: 'A server whose resize was reverted MUST show its former flavor.',
    quotes: [
      section(
        file,
        'Revert resize',
      )('Ends a resize with the former flavor: the server becomes ``ACTIVE`` and has it again.'),
    ],
    range: flavorIds,
    killedBy: ['compute/revert-resized-server:skip-effect', 'compute:reversion-keeps-the-flavor'],
    check: (ctx) => judgeAccepted(revertResize, {}, shows('/server/flavor/id', flavorOf(ctx, 'flavor')))(ctx),
  },
  {
    id: 'compute/force-delete-server#deletes-the-server',
    statement: 'A server that was deleted by force MUST be answered with 404.',
    quotes: [section(file, 'Force delete')('Deletes a server at once: it is not found any more.')],
    killedBy: ['compute/force-delete-server:skip-effect'],
    check: judgeAccepted(forceDeleteServer, {}, ({ shown }) => expectStatus(shown, 404)),
  },
  {
    id: 'compute/show-console-output#limits-the-lines',
    statement:
      'A request for the console output with a length MUST be answered with at most that many lines, the last ones.',
    quotes: [
      output('Shows the last lines of the console of a server.'),
      output('A length limits the number of lines.'),
    ],
    cases: 'once',
    killedBy: ['compute/show-console-output:ignore-member:body.length', 'compute:console-shows-first-lines'],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'active' });
      const ask = (argument: Readonly<Record<string, Json>>): Promise<Exchange> =>
        showConsoleOutput.send(ctx, { server }, { members: { '/os-getConsoleOutput': argument } });
      const all = linesIn(await ask({}));
      const last = await ask({ length: 1 });
      return [...expectResponse(last, 200, (seen) => expectLast(seen, all))];
    },
  },
];

function shows(pointer: string, value: Json): (seen: Acted) => readonly Finding[] {
  return ({ shown }) => expectResponse(shown, 200, (seen) => expectValue(seen, pointer, value));
}

function flavorOf({ run }: CheckContext, name: string): string {
  return run.target.fixtures[name] ?? '';
}

function linesIn(response: Exchange): readonly string[] {
  return (outputOf(response as Checked) ?? '').split('\n');
}

function outputOf(response: Checked): string | undefined {
  return jsonText(atPointer(bodyOf(response), '/output'));
}

/** Whether the console wrote nothing, or exactly the last of its lines, with or without its line feed. */
function expectLast(seen: Checked, all: readonly string[]): readonly Finding[] {
  const last = all.filter((line) => line !== '').at(-1) ?? '';
  return outputOf(seen)?.trimEnd() === last.trimEnd() ? [] : expectValue(seen, '/output', last);
}
