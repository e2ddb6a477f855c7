/** Faults that change the form of attachments in one state of their server only. */

import { type Cloud } from '../../../cloud.ts';
import type { VmState } from '../../state.ts';
import type { Fault } from '../../../faults/fault.ts';
import { type JsonObject, textMember, type SimRequest } from '../../../kernel/http.ts';
import { mappingOf, changeAttachments, serverOf } from './from-the-reference-tools.ts';

type Action = 'attach' | 'list' | 'show';

const operations: Readonly<Record<Action, string>> = {
  attach: 'compute/attach-volume',
  list: 'compute/list-volume-attachments',
  show: 'compute/show-volume-attachment',
};

const forms: Readonly<Record<string, { readonly words: string; readonly change: (one: JsonObject) => JsonObject }>> = {
  null: { words: 'has null as serverId', change: (one) => ({ ...one, serverId: null }) },
  absent: {
    words: 'has no serverId',
    change: (one) => Object.fromEntries(Object.entries(one).filter(([key]) => key !== 'serverId')),
  },
  type: {
    words: 'has an object as serverId',
    change: ({ serverId = '', ...one }) => ({ ...one, serverId: { id: serverId } }),
  },
};

/** By the names of the states in the ids of the clauses; the third is whether a volume can be attached in it. */
const states: readonly (readonly [name: string, vmState: VmState, attaches: boolean, words: string])[] = [
  ['paused', 'paused', true, 'a paused server'],
  ['stopped', 'stopped', true, 'a stopped server'],
  ['suspended', 'suspended', false, 'a suspended server'],
  ['rescued', 'rescued', false, 'a rescued server'],
  ['resized', 'resized', true, 'a resized server'],
  ['shelved', 'shelved', true, 'a shelved server'],
  ['shelved-offloaded', 'shelved_offloaded', true, 'a shelved-offloaded server'],
  ['error', 'error', false, 'a server in error'],
  ['soft-deleted', 'soft-delete', true, 'a soft-deleted server'],
];

function misshapenIn(name: string, vmState: VmState, words: string, actions: readonly Action[]): readonly Fault[] {
  const own = (id: string, action: Action, summary: string, change: Change): Fault => ({
    id: `${id}:${name}:${action}` as Fault['id'],
    summary,
    kind: 'tamper',
    operations: [operations[action]],
    tamper: (next) => async (request, cloud) => {
      const isIn = serverOf(request, cloud)?.vmState === vmState;
      const response = await next(request, cloud);
      return isIn ? changeAttachments(response, (all) => all.map((one) => change(one, request, cloud))) : response;
    },
  });
  const misshapen = actions.flatMap((action) =>
    Object.entries(forms).map(([form, { words: what, change }]): Fault => {
      const fault = own(
        'state-misshapes',
        action,
        `An attachment of ${words} ${what} in ${describeOf[action]}.`,
        change,
      );
      return { ...fault, id: `${fault.id}:${form}` };
    }),
  );
  const nameless = actions
    .filter((action) => action !== 'attach' && vmState === 'shelved_offloaded')
    .map((action) =>
      own(
        'state-names-no-device',
        action,
        `The device of an attachment made to ${words} is null in ${describeOf[action]} instead of missing.`,
        withNullDevice,
      ),
    );
  return [...misshapen, ...nameless];
}

type Change = (attachment: JsonObject, request: SimRequest, cloud: Cloud) => JsonObject;

const describeOf: Readonly<Record<Action, string>> = {
  attach: 'the response to its attach',
  list: 'a list',
  show: 'a show',
};

function withNullDevice(one: JsonObject, request: SimRequest, cloud: Cloud): JsonObject {
  const mapping = mappingOf(request, cloud, textMember(one, 'volumeId') ?? '');
  return mapping?.device === null ? { ...one, device: null } : one;
}

export const misshapenInStates: readonly Fault[] = states.flatMap(([name, vmState, attaches, words]) =>
  misshapenIn(name, vmState, words, attaches ? ['attach', 'list', 'show'] : ['list', 'show']),
);
