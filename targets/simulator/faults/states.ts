/**
 * Faults in the server states in which volumes are attached, detached, updated, swapped and shown.
 */

import type { AttachmentBehaviour } from '../compute/behaviour.ts';
import type { VmState } from '../compute/state.ts';
import type { Fault } from './fault.ts';
import type { FaultId } from './fault.ts';
import { misshapenIn } from './misshapen-in-states.ts';
import { changedAttachments } from './of-attachments.ts';

type States = AttachmentBehaviour['states'];
type StateName = keyof typeof states;
type Change = 'attach' | 'detach' | 'swap' | 'update';
type Read = 'list' | 'show';
type Table = Readonly<Record<Change, readonly StateName[]>>;

/** By the names of the states in the ids of the clauses. */
const states = {
  paused: { vmState: 'paused', words: 'a paused server' },
  stopped: { vmState: 'stopped', words: 'a stopped server' },
  suspended: { vmState: 'suspended', words: 'a suspended server' },
  rescued: { vmState: 'rescued', words: 'a rescued server' },
  resized: { vmState: 'resized', words: 'a resized server' },
  shelved: { vmState: 'shelved', words: 'a shelved server' },
  'shelved-offloaded': { vmState: 'shelved_offloaded', words: 'a shelved-offloaded server' },
  error: { vmState: 'error', words: 'a server in error' },
  'soft-deleted': { vmState: 'soft-delete', words: 'a soft-deleted server' },
} as const satisfies Readonly<Record<string, { readonly vmState: VmState; readonly words: string }>>;

const everyState = Object.keys(states) as readonly StateName[];

const changeWords: Readonly<Record<Change, string>> = {
  attach: 'An attach to',
  detach: 'A detach from',
  swap: 'A swap on',
  update: 'An update of an attachment of',
};

const readWords: Readonly<Record<Read, string>> = {
  list: 'A list omits the attachments of',
  show: 'A show does not find the attachments of',
};

/** Actions that the state forbids and the fault permits. */
const permitted: Table = {
  attach: ['suspended', 'rescued', 'error'],
  detach: ['suspended', 'rescued', 'error'],
  swap: ['stopped'],
  update: [],
};

/** Actions that the state permits and the fault refuses. */
const refused: Table = {
  attach: ['paused', 'stopped', 'resized', 'soft-deleted', 'shelved', 'shelved-offloaded'],
  detach: ['paused', 'stopped', 'resized', 'soft-deleted', 'shelved', 'shelved-offloaded'],
  swap: ['paused'],
  update: everyState,
};

export const stateFaults: readonly Fault[] = [
  ...each(permitted, (action, name) =>
    inState(
      `state-permitted:${name}:${action}`,
      `${changeWords[action]} ${states[name].words} is accepted.`,
      (rules) => ({
        [action]: [...rules[action], states[name].vmState],
      }),
    ),
  ),
  ...(['attach', 'detach'] as const).flatMap((action) =>
    (['shelved', 'shelved-offloaded'] as const).map((name) => permittedEarly(action, name)),
  ),
  ...each(refused, (action, name) =>
    inState(`state-refused:${name}:${action}`, `${changeWords[action]} ${states[name].words} is refused.`, (rules) => ({
      [action]: without(rules[action], name),
    })),
  ),
  ...(['list', 'show'] as const).flatMap((action) =>
    everyState.map((name) =>
      inState(`state-hides:${name}:${action}`, `${readWords[action]} ${states[name].words}.`, (rules) => ({
        [action]: without(rules[action], name),
      })),
    ),
  ),
  ...everyState.flatMap((name) => {
    const { vmState, words } = states[name];
    return misshapenIn(
      name,
      vmState,
      words,
      refused.attach.includes(name) ? ['attach', 'list', 'show'] : ['list', 'show'],
    );
  }),
  {
    id: 'state-refused:locked:update',
    summary: 'An update of an attachment of a locked server is refused.',
    kind: 'behaviour',
    change: changedAttachments(({ order }) => ({ order: { ...order, update: [...order.update, 'lock'] } })),
  },
];

/** Ignores the microversion from which shelved servers are supported. */
function permittedEarly(action: 'attach' | 'detach', name: 'shelved' | 'shelved-offloaded'): Fault {
  return inState(
    `state-permitted:${name}:${action}`,
    `${changeWords[action]} ${states[name].words} is accepted before 2.20.`,
    ({ gated }) => ({ gated: { ...gated, [action]: without(gated[action], name) } }),
  );
}

function each(table: Table, fault: (action: Change, name: StateName) => Fault): readonly Fault[] {
  return (['attach', 'detach', 'swap', 'update'] as const).flatMap((action) =>
    table[action].map((name) => fault(action, name)),
  );
}

function without(all: readonly VmState[], name: StateName): readonly VmState[] {
  return all.filter((one) => one !== states[name].vmState);
}

function inState(id: FaultId, summary: string, change: (rules: States) => Partial<States>): Fault {
  const changed = changedAttachments((rules) => ({ states: { ...rules.states, ...change(rules.states) } }));
  return { id, summary, kind: 'behaviour', change: changed };
}
