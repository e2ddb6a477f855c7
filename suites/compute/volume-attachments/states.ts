/**
 * Clauses on what an attach leads to that a server in another state than ACTIVE accepts. Which states accept and refuse
 * requests, and how attachments are shown there, are rules.
 */
import type { ClauseId } from '../../../src/clauses/clause.ts';
import type { Quote, WrittenClause } from '../../../src/clauses/written.ts';
import { serverStates, vmStateOf, type ServerState, type StateName } from '../fixtures/server-states.ts';
import { attachVolume } from './operations.ts';
import {
  attachedIn,
  expectAttachResponse,
  expectListed,
  expectShown,
  formFaults,
  notAttached,
} from './observed-in-state.ts';
import { attaching, listing, showing } from './quotes.ts';

type Part = 'attach' | 'list' | 'show';

const sources: Readonly<Record<Part, Quote>> = {
  attach: attaching('Error response codes: 409'),
  list: listing('Tells which volumes are attached to one server.'),
  show: showing('Tells about one attachment of a server.'),
};

const states = Object.keys(serverStates) as readonly StateName[];
const { serverStates: attachRules } = attachVolume;

export const stateClauses: readonly WrittenClause[] = states.flatMap((state) =>
  permitted(state, attachRules?.accepted?.[state]),
);

function permitted(state: StateName, permits: string | undefined): readonly WrittenClause[] {
  if (permits === undefined) return [];
  const { words } = serverStates[state];
  return [
    {
      ...common(state, 'attach', `compute/attach-volume#works-on-${state}-server`),
      statement: `An attach to ${words} MUST be accepted and come to its end.`,
      about: [`state ${state}`],
      range: permits,
      killedBy: [`${attachVolume.id}:refuse-state:${vmStateOf(state)}`, ...formFaults(state, 'attach')],
      check: async (ctx) => {
        const { server, volume, response, findings } = await attachedIn(ctx, state);
        return findings.length > 0 ? findings : expectAttachResponse(ctx, response, server, volume);
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
