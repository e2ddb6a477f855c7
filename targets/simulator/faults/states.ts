/**
 * Deviations in which states of a server volumes come and go, and in which a client is told of them.
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

/** By the names that the clauses give them. */
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
  list: 'A list leaves out the attachments of',
  show: 'A show does not find the attachments of',
};

/** What a state does not let happen, and is made to. */
const permitted: Table = {
  attach: ['suspended', 'rescued', 'error'],
  detach: ['suspended', 'rescued', 'error'],
  swap: ['stopped'],
  update: [],
};

/** What a state lets happen, and is made to refuse. */
const refused: Table = {
  attach: ['paused', 'stopped', 'resized', 'soft-deleted', 'shelved', 'shelved-offloaded'],
  detach: ['paused', 'stopped', 'resized', 'soft-deleted', 'shelved', 'shelved-offloaded'],
  swap: ['paused'],
  update: everyState,
};

export const stateFaults: readonly Fault[] = [
  ...each(permitted, (act, name) =>
    inState(`state-permitted:${name}:${act}`, `${changeWords[act]} ${states[name].words} is accepted.`, (rules) => ({
      [act]: [...rules[act], states[name].vmState],
    })),
  ),
  ...(['attach', 'detach'] as const).flatMap((act) =>
    (['shelved', 'shelved-offloaded'] as const).map((name) => permittedEarly(act, name)),
  ),
  ...each(refused, (act, name) =>
    inState(`state-refused:${name}:${act}`, `${changeWords[act]} ${states[name].words} is refused.`, (rules) => ({
      [act]: without(rules[act], name),
    })),
  ),
  ...(['list', 'show'] as const).flatMap((act) =>
    everyState.map((name) =>
      inState(`state-hides:${name}:${act}`, `${readWords[act]} ${states[name].words}.`, (rules) => ({
        [act]: without(rules[act], name),
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

/** The microversion that lets shelved servers take part is not heeded. */
function permittedEarly(act: 'attach' | 'detach', name: 'shelved' | 'shelved-offloaded'): Fault {
  return inState(
    `state-permitted:${name}:${act}`,
    `${changeWords[act]} ${states[name].words} is accepted before 2.20.`,
    ({ gated }) => ({ gated: { ...gated, [act]: without(gated[act], name) } }),
  );
}

function each(table: Table, fault: (act: Change, name: StateName) => Fault): readonly Fault[] {
  return (['attach', 'detach', 'swap', 'update'] as const).flatMap((act) => table[act].map((name) => fault(act, name)));
}

function without(all: readonly VmState[], name: StateName): readonly VmState[] {
  return all.filter((one) => one !== states[name].vmState);
}

function inState(id: FaultId, summary: string, change: (rules: States) => Partial<States>): Fault {
  const changed = changedAttachments((rules) => ({ states: { ...rules.states, ...change(rules.states) } }));
  return { id, summary, kind: 'behaviour', change: changed };
}
