/**
 * Clauses on server states: which states permit or refuse attach, detach and the other operations.
 *
 * One row per state; every combination of state and operation that public calls can reach becomes a clause.
 */
import type { ClauseId } from '../../../src/clauses/clause.ts';
import { expectStatus } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { NonEmpty } from '../../../src/json.ts';
import type { Quote, WrittenClause } from '../../../src/clauses/written.ts';
import { attach as prepareAttachment } from '../attachment.ts';
import { fixtures, type Reusable } from '../fixtures.ts';
import { serverStates, type ServerState, type StateName } from '../server-states.ts';
import type { ServerInState } from '../fixture-kinds.ts';
import {
  attach,
  detach,
  eventuallyDetached,
  expectRefused,
  list,
  observeServer,
  show,
  update,
  control,
} from './operations.ts';
import { attachedIn, expectAttachReply, expectListed, expectShown, notAttached } from './observed-in-state.ts';
import { attaching, detaching, listing, showing, updating } from './quotes.ts';

/** Microversions at which a state permits attach and detach, and at which it refuses them. */
interface Row {
  readonly state: StateName;
  readonly permits?: string;
  readonly refuses?: string;
}

const rows: readonly Row[] = [
  { state: 'paused', permits: '2.1-' },
  { state: 'stopped', permits: '2.1-' },
  { state: 'resized', permits: '2.1-' },
  { state: 'soft-deleted', permits: '2.1-' },
  { state: 'shelved', permits: '2.20-', refuses: '2.1-2.19' },
  { state: 'shelved-offloaded', permits: '2.20-', refuses: '2.1-2.19' },
  { state: 'suspended', refuses: '2.1-' },
  { state: 'rescued', refuses: '2.1-' },
  { state: 'error', refuses: '2.1-' },
];

const shelving: Readonly<Record<'attach' | 'detach', Quote>> = {
  attach: attaching('A server that is SHELVED or SHELVED_OFFLOADED takes a volume since microversion 2.20.'),
  detach: detaching('A server that is SHELVED or SHELVED_OFFLOADED gives up a volume since microversion 2.20.'),
};

type Part = 'attach' | 'detach' | 'list' | 'show' | 'update';

const sources: Readonly<Record<Part, Quote>> = {
  attach: attaching('Error response codes: 409'),
  detach: detaching('Error response codes: 409'),
  list: listing('Tells which volumes are attached to one server.'),
  show: showing('Tells about one attachment of a server.'),
  update: updating('Changes what happens to an attached volume when its server goes.'),
};

export const stateClauses: readonly WrittenClause[] = rows.flatMap((row) => [
  ...permitted(row),
  ...refused(row),
  ...unaffected(row.state),
]);

function permitted({ state, permits }: Row): readonly WrittenClause[] {
  if (permits === undefined) return [];
  const { words } = serverStates[state];
  return [
    {
      ...common(state, 'attach', `compute/attach-volume#works-on-${state}-server`),
      statement: `An attach to ${words} MUST be accepted and come to its end.`,
      range: permits,
      killedBy: [`state-refused:${state}:attach`, ...formFaults(state, 'attach')],
      check: async (ctx) => {
        const { server, volume, reply, findings } = await attachedIn(ctx, state);
        return findings.length > 0 ? findings : expectAttachReply(ctx, reply, server, volume);
      },
    },
    {
      ...common(state, 'list', `compute/list-volume-attachments#lists-what-${state}-server-was-given`),
      statement: `A volume attached to ${words} MUST be listed in its documented form, and as it is shown.`,
      range: permits,
      killedBy: [...formFaults(state, 'list'), ...deviceFaults(state, 'list')],
      check: async (ctx) => {
        const { server, volume, findings, late } = await attachedIn(ctx, state);
        if (findings.length > 0) throw notAttached(ctx, state);
        return expectListed(ctx, late.list, { server, volume }, late.show);
      },
    },
    {
      ...common(state, 'show', `compute/show-volume-attachment#shows-what-${state}-server-was-given`),
      statement: `A volume attached to ${words} MUST be shown in its documented form.`,
      range: permits,
      killedBy: [...formFaults(state, 'show'), ...deviceFaults(state, 'show')],
      check: async (ctx) => {
        const { server, volume, findings, late } = await attachedIn(ctx, state);
        if (findings.length > 0) throw notAttached(ctx, state);
        return expectShown(ctx, late.show, { server, volume });
      },
    },
    {
      ...common(state, 'detach', `compute/detach-volume#works-on-${state}-server`),
      statement: `A detach from ${words} MUST be accepted and come to its end.`,
      range: permits,
      killedBy: [`state-refused:${state}:detach`],
      check: async (ctx) => {
        const [inState, volume] = await Promise.all([fixtures(ctx).inState(state), fixtures(ctx).volume()]);
        await ctx.fixture(() => prepareAttachment(ctx.run, inState.server, volume));
        const reply = await detach(ctx, inState.server, volume);
        const findings = expectStatus(reply, 202);
        return findings.length > 0 ? findings : eventuallyDetached(ctx, inState.server, volume);
      },
    },
  ];
}

function refused({ state, refuses }: Row): readonly WrittenClause[] {
  if (refuses === undefined) return [];
  const { words } = serverStates[state];
  return [
    {
      ...common(state, 'attach', `compute/attach-volume#refuses-${state}-server`),
      statement: `An attach to ${words} MUST be answered with 409.`,
      range: refuses,
      killedBy: [`state-permitted:${state}:attach`],
      check: async (ctx) => {
        const [inState, volume] = await Promise.all([fixtures(ctx).inState(state), fixtures(ctx).volume()]);
        const reply = await attach(ctx, inState.server, volume);
        return judgeRefusal(ctx, inState, reply);
      },
    },
    {
      ...common(state, 'detach', `compute/detach-volume#refuses-${state}-server`),
      statement: `A detach from ${words} MUST be answered with 409.`,
      range: refuses,
      killedBy: [`state-permitted:${state}:detach`],
      check: async (ctx) => {
        const inState = await fixtures(ctx).inState(state);
        const reply = await detach(ctx, inState.server, inState.attached.volume);
        return judgeRefusal(ctx, inState, reply);
      },
    },
  ];
}

/** The request is refused because of the state: the server exists. */
async function judgeRefusal(
  ctx: CheckContext,
  inState: Reusable<ServerInState>,
  reply: Awaited<ReturnType<typeof attach>>,
): Promise<readonly Finding[]> {
  const findings = expectRefused(reply, 409);
  if (findings.length > 0) {
    inState.makeDirty();
    return findings;
  }
  control(await observeServer(ctx, inState.server), 'the server');
  return [];
}

function unaffected(state: StateName): readonly WrittenClause[] {
  const { words } = serverStates[state];
  return [
    {
      ...common(state, 'list', `compute/list-volume-attachments#shows-${state}-server`),
      statement: `The attachments of ${words} MUST be listed as before.`,
      killedBy: [`state-hides:${state}:list`, ...formFaults(state, 'list')],
      check: async (ctx) => {
        const { attached } = await fixtures(ctx).inState(state);
        return expectListed(ctx, await list(ctx, attached.server), attached);
      },
    },
    {
      ...common(state, 'show', `compute/show-volume-attachment#shows-${state}-server`),
      statement: `An attachment of ${words} MUST be shown as before.`,
      killedBy: [`state-hides:${state}:show`, ...formFaults(state, 'show')],
      check: async (ctx) => {
        const { server, attached } = await fixtures(ctx).inState(state);
        return expectShown(ctx, await show(ctx, server, attached.volume), attached);
      },
    },
    {
      ...common(state, 'update', `compute/update-volume-attachment#works-on-${state}-server`),
      statement: `An update of an attachment of ${words} MUST be accepted.`,
      errata: ['update-knows-no-lock-or-state'],
      killedBy: [`state-refused:${state}:update`],
      check: async (ctx) => {
        const { server, attached } = await fixtures(ctx).inState(state);
        return expectStatus(await update(ctx, server, attached.volume, { delete_on_termination: false }), 202);
      },
    },
  ];
}

function formFaults(state: StateName, part: 'attach' | 'list' | 'show'): NonEmpty<string> {
  const fault = `state-misshapes:${state}:${part}`;
  return [`${fault}:null`, `${fault}:absent`, `${fault}:type`];
}

/** Nova assigns no device name on a server without a host. */
function deviceFaults(state: StateName, part: 'list' | 'show'): readonly string[] {
  return state === 'shelved-offloaded' ? [`state-names-no-device:${state}:${part}`] : [];
}

function common(
  state: StateName,
  part: Part,
  id: ClauseId,
): Pick<WrittenClause, 'id' | 'quotes' | 'identities' | 'capabilities'> {
  const { identities, capabilities }: ServerState = serverStates[state];
  const shelved = state === 'shelved' || state === 'shelved-offloaded';
  const quote = shelved && (part === 'attach' || part === 'detach') ? shelving[part] : sources[part];
  return { id, quotes: [quote], identities, capabilities };
}
