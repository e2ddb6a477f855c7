/**
 * The state matrix: what a server in each state does with attach, detach and the rest.
 *
 * One row per state; every cell that public calls can reach becomes a clause.
 */
import type { ClauseId } from '../../../src/conformance/clause.ts';
import { expectStatus } from '../../../src/conformance/matchers.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { NonEmpty } from '../../../src/json.ts';
import type { Quote, WrittenClause } from '../../../src/conformance/written.ts';
import { attach as prepareAttachment } from '../attachment.ts';
import { given, type Spoilable } from '../given.ts';
import { serverStates, type ServerState, type StateName } from '../server-states.ts';
import type { Kept } from '../fixture-kinds.ts';
import {
  attach,
  detach,
  eventuallyDetached,
  expectRefused,
  list,
  lookAtServer,
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
      refutedBy: [`state-refused:${state}:attach`, ...misshapenBy(state, 'attach')],
      check: async (stage) => {
        const { server, volume, reply, findings } = await attachedIn(stage, state);
        return findings.length > 0 ? findings : expectAttachReply(stage, reply, server, volume);
      },
    },
    {
      ...common(state, 'list', `compute/list-volume-attachments#lists-what-${state}-server-was-given`),
      statement: `A volume attached to ${words} MUST be listed in its documented form, and as it is shown.`,
      range: permits,
      refutedBy: [...misshapenBy(state, 'list'), ...ofNewAttachments(state, 'list')],
      check: async (stage) => {
        const { server, volume, findings, late } = await attachedIn(stage, state);
        if (findings.length > 0) throw notAttached(stage, state);
        return expectListed(stage, late.list, { server, volume }, late.show);
      },
    },
    {
      ...common(state, 'show', `compute/show-volume-attachment#shows-what-${state}-server-was-given`),
      statement: `A volume attached to ${words} MUST be shown in its documented form.`,
      range: permits,
      refutedBy: [...misshapenBy(state, 'show'), ...ofNewAttachments(state, 'show')],
      check: async (stage) => {
        const { server, volume, findings, late } = await attachedIn(stage, state);
        if (findings.length > 0) throw notAttached(stage, state);
        return expectShown(stage, late.show, { server, volume });
      },
    },
    {
      ...common(state, 'detach', `compute/detach-volume#works-on-${state}-server`),
      statement: `A detach from ${words} MUST be accepted and come to its end.`,
      range: permits,
      refutedBy: [`state-refused:${state}:detach`],
      check: async (stage) => {
        const [kept, volume] = await Promise.all([given(stage).inState(state), given(stage).volume()]);
        await stage.prop(() => prepareAttachment(stage.world, kept.server, volume));
        const reply = await detach(stage, kept.server, volume);
        const findings = expectStatus(reply, 202);
        return findings.length > 0 ? findings : eventuallyDetached(stage, kept.server, volume);
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
      refutedBy: [`state-permitted:${state}:attach`],
      check: async (stage) => {
        const [kept, volume] = await Promise.all([given(stage).inState(state), given(stage).volume()]);
        const reply = await attach(stage, kept.server, volume);
        return judgeRefusal(stage, kept, reply);
      },
    },
    {
      ...common(state, 'detach', `compute/detach-volume#refuses-${state}-server`),
      statement: `A detach from ${words} MUST be answered with 409.`,
      range: refuses,
      refutedBy: [`state-permitted:${state}:detach`],
      check: async (stage) => {
        const kept = await given(stage).inState(state);
        const reply = await detach(stage, kept.server, kept.attached.volume);
        return judgeRefusal(stage, kept, reply);
      },
    },
  ];
}

/** Refused because of the state: the server is there, and its attachment too. */
async function judgeRefusal(
  stage: Stage,
  kept: Spoilable<Kept>,
  reply: Awaited<ReturnType<typeof attach>>,
): Promise<readonly Finding[]> {
  const findings = expectRefused(reply, 409);
  if (findings.length > 0) {
    kept.spoil();
    return findings;
  }
  control(await lookAtServer(stage, kept.server), 'the server');
  return [];
}

function unaffected(state: StateName): readonly WrittenClause[] {
  const { words } = serverStates[state];
  return [
    {
      ...common(state, 'list', `compute/list-volume-attachments#shows-${state}-server`),
      statement: `The attachments of ${words} MUST be listed as before.`,
      refutedBy: [`state-hides:${state}:list`, ...misshapenBy(state, 'list')],
      check: async (stage) => {
        const { attached } = await given(stage).inState(state);
        return expectListed(stage, await list(stage, attached.server), attached);
      },
    },
    {
      ...common(state, 'show', `compute/show-volume-attachment#shows-${state}-server`),
      statement: `An attachment of ${words} MUST be shown as before.`,
      refutedBy: [`state-hides:${state}:show`, ...misshapenBy(state, 'show')],
      check: async (stage) => {
        const { server, attached } = await given(stage).inState(state);
        return expectShown(stage, await show(stage, server, attached.volume), attached);
      },
    },
    {
      ...common(state, 'update', `compute/update-volume-attachment#works-on-${state}-server`),
      statement: `An update of an attachment of ${words} MUST be accepted.`,
      errata: ['update-knows-no-lock-or-state'],
      refutedBy: [`state-refused:${state}:update`],
      check: async (stage) => {
        const { server, attached } = await given(stage).inState(state);
        return expectStatus(await update(stage, server, attached.volume, { delete_on_termination: false }), 202);
      },
    },
  ];
}

function misshapenBy(state: StateName, part: 'attach' | 'list' | 'show'): NonEmpty<string> {
  const fault = `state-misshapes:${state}:${part}`;
  return [`${fault}:null`, `${fault}:absent`, `${fault}:type`];
}

/** A server without a host gives no device a name. */
function ofNewAttachments(state: StateName, part: 'list' | 'show'): readonly string[] {
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
