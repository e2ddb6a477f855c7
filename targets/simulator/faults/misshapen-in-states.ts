/** Attachments that have another form in one state of their server, and in no other. */

import { type Cloud } from '../cloud.ts';
import type { VmState } from '../compute/state.ts';
import type { Fault } from './fault.ts';
import { type JsonObject, textMember, type SimRequest } from '../http.ts';
import { mappingOf, retold, serverOf } from './from-the-reference-tools.ts';

type Act = 'attach' | 'list' | 'show';

const operations: Readonly<Record<Act, string>> = {
  attach: 'compute/attach-volume',
  list: 'compute/list-volume-attachments',
  show: 'compute/show-volume-attachment',
};

const forms: Readonly<Record<string, { readonly words: string; readonly change: (one: JsonObject) => JsonObject }>> = {
  null: { words: 'has null for its server', change: (one) => ({ ...one, serverId: null }) },
  absent: {
    words: 'lacks its server',
    change: (one) => Object.fromEntries(Object.entries(one).filter(([key]) => key !== 'serverId')),
  },
  type: {
    words: 'has an object for its server',
    change: ({ serverId = '', ...one }) => ({ ...one, serverId: { id: serverId } }),
  },
};

/** By the names that the clauses give the states. */
export function misshapenIn(name: string, vmState: VmState, words: string, acts: readonly Act[]): readonly Fault[] {
  const own = (id: string, act: Act, summary: string, change: Change): Fault => ({
    id: `${id}:${name}:${act}` as Fault['id'],
    summary,
    kind: 'tamper',
    operations: [operations[act]],
    tamper: (next) => async (request, cloud) => {
      const isIn = serverOf(request, cloud)?.vmState === vmState;
      const response = await next(request, cloud);
      return isIn ? retold(response, (all) => all.map((one) => change(one, request, cloud))) : response;
    },
  });
  const misshapen = acts.flatMap((act) =>
    Object.entries(forms).map(([form, { words: what, change }]): Fault => {
      const fault = own('state-misshapes', act, `An attachment of ${words} ${what} in ${wordOf[act]}.`, change);
      return { ...fault, id: `${fault.id}:${form}` };
    }),
  );
  const nameless = acts
    .filter((act) => act !== 'attach' && vmState === 'shelved_offloaded')
    .map((act) =>
      own(
        'state-names-no-device',
        act,
        `The device of an attachment made to ${words} is null in ${wordOf[act]}, where it should be missing.`,
        withNullDevice,
      ),
    );
  return [...misshapen, ...nameless];
}

type Change = (attachment: JsonObject, request: SimRequest, cloud: Cloud) => JsonObject;

const wordOf: Readonly<Record<Act, string>> = { attach: 'the reply to its attach', list: 'a list', show: 'a show' };

function withNullDevice(one: JsonObject, request: SimRequest, cloud: Cloud): JsonObject {
  const mapping = mappingOf(request, cloud, textMember(one, 'volumeId') ?? '');
  return mapping?.device === null ? { ...one, device: null } : one;
}
