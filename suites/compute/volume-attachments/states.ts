/**
 * Clauses on attachments of servers in other states than ACTIVE: what an attach that is accepted there leads to, and how
 * attachments are listed and shown. Which states accept and refuse requests is a rule.
 */
import type { ClauseId } from '../../../src/clauses/clause.ts';
import type { NonEmpty } from '../../../src/json.ts';
import type { Quote, WrittenClause } from '../../../src/clauses/written.ts';
import { fixtures } from '../fixtures.ts';
import { serverStates, vmStateOf, type ServerState, type StateName } from '../server-states.ts';
import { list, show } from './calls.ts';
import { attachVolume, listVolumeAttachments, showVolumeAttachment } from './operations.ts';
import { attachedIn, expectAttachReply, expectListed, expectShown, notAttached } from './observed-in-state.ts';
import { attaching, listing, showing } from './quotes.ts';

type Part = 'attach' | 'list' | 'show';

const sources: Readonly<Record<Part, Quote>> = {
  attach: attaching('Error response codes: 409'),
  list: listing('Tells which volumes are attached to one server.'),
  show: showing('Tells about one attachment of a server.'),
};

const states = Object.keys(serverStates) as readonly StateName[];
const { serverStates: attachRules } = attachVolume;

export const stateClauses: readonly WrittenClause[] = states.flatMap((state) => [
  ...permitted(state, attachRules?.accepted?.[state]),
  ...unaffected(state),
]);

function permitted(state: StateName, permits: string | undefined): readonly WrittenClause[] {
  if (permits === undefined) return [];
  const { words } = serverStates[state];
  return [
    {
      ...common(state, 'attach', `compute/attach-volume#works-on-${state}-server`),
      statement: `An attach to ${words} MUST be accepted and come to its end.`,
      range: permits,
      killedBy: [`${attachVolume.id}:refuse-state:${vmStateOf(state)}`, ...formFaults(state, 'attach')],
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
  ];
}

function unaffected(state: StateName): readonly WrittenClause[] {
  const { words } = serverStates[state];
  return [
    {
      ...common(state, 'list', `compute/list-volume-attachments#shows-${state}-server`),
      statement: `The attachments of ${words} MUST be listed as before.`,
      killedBy: [`${listVolumeAttachments.id}:refuse-state:${vmStateOf(state)}`, ...formFaults(state, 'list')],
      check: async (ctx) => {
        const { attached } = await fixtures(ctx).inState(state);
        return expectListed(ctx, await list(ctx, attached.server), attached);
      },
    },
    {
      ...common(state, 'show', `compute/show-volume-attachment#shows-${state}-server`),
      statement: `An attachment of ${words} MUST be shown as before.`,
      killedBy: [`${showVolumeAttachment.id}:refuse-state:${vmStateOf(state)}`, ...formFaults(state, 'show')],
      check: async (ctx) => {
        const { server, attached } = await fixtures(ctx).inState(state);
        return expectShown(ctx, await show(ctx, server, attached.volume), attached);
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
  const quote = (part === 'attach' ? attachRules?.quotes?.[state] : undefined) ?? sources[part];
  return { id, quotes: [quote], identities, capabilities };
}
