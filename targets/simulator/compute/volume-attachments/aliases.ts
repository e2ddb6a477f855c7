/**
 * Ids of faults of attachments that operators generate, from before they did. Clauses refer to them.
 */

import type { Aliases } from '../../faults/alias.ts';
import type { FaultId } from '../../faults/fault.ts';
import { type Action, operations } from './defects/defect.ts';

type Entry = readonly [FaultId, readonly string[]];

/** Each is an action and an operator on its endpoint. */
const single: Readonly<Record<string, string>> = {
  'compute:attach-ignores-lock': 'attach drop-check:lock',
  'compute:attach-drops-tag': 'attach null-field:tag',
  'compute:attach-ignores-flag-true': 'attach ignore-member:body.delete_on_termination',
  'compute:attach-forgets-tag': 'attach ignore-member:body.tag',
  'compute:attach-gives-device-twice': 'attach drop-check:device-free',
  'compute:attach-never-ends': 'attach never-complete:complete',
  'compute:attach-ignores-volume-status': 'attach drop-check:volume-reservable',
  'compute:attach-tags-offloaded': 'attach drop-check:offloaded-tag',
  'compute:multiattach-offloaded': 'attach drop-check:offloaded-multiattach',
  'compute:multiattach-early': 'attach drop-check:multiattach-version',
  'compute:attach-server-before-body': 'attach check-order:server-before-body',
  'compute:attach-role-before-body': 'attach check-order:role-before-body',
  'compute:attach-role-before-server': 'attach check-order:role-before-server',
  'compute:attach-volume-before-role': 'attach check-order:volume-before-role',
  'compute:attach-reaches-foreign-volumes': 'attach unscoped-lookup:volume',
  'compute:detach-root': 'detach drop-check:root',
  'compute:detach-ignores-lock': 'detach drop-check:lock',
  'compute:detach-ignores-volume-status': 'detach drop-check:detachable',
  'compute:detach-accepts-unattached': 'detach drop-check:attached',
  'compute:detach-never-ends': 'detach never-complete:disconnect',
  'compute:detach-role-before-server': 'detach check-order:role-before-server',
  'compute:detach-volume-before-role': 'detach check-order:volume-before-role',
  'compute:detach-ignores-server': 'detach unscoped-lookup:mapping',
  'compute:lock-before-attachment': 'detach check-order:lock-before-volume',
  'compute:blind-detach-lock-first': 'detach check-order:lock-before-shelved-version',
  'compute:server-before-query': 'list check-order:server-before-query',
  'compute:role-before-query': 'list check-order:role-before-query',
  'compute:list-leaks-other-servers': 'list unscoped-lookup:list',
  'compute:list-ignores-limit': 'list ignore-member:query.limit',
  'compute:list-ignores-offset': 'list ignore-member:query.offset',
  'compute:blind-unknown-query-a-version-late': 'list shift-range:query.unknown:begins-late',
  'compute:update-ignores-flag': 'update ignore-member:body.delete_on_termination',
  'compute:blind-admin-cannot-update': 'update narrow-role:admin',
  'compute:swap-for-members': 'swap widen-role:member',
  'compute:blind-member-swaps': 'swap widen-role:member',
  'compute:swap-for-administrators-only': 'swap narrow-role:service',
  'compute:swap-without-migration': 'swap drop-check:migrating',
  'compute:swap-multiattach': 'swap drop-check:one-writer',
  'compute:blind-swap-of-two-writers': 'swap drop-check:one-writer',
  'compute:blind-swap-of-stopped': 'swap allow-state:stopped',
  'compute:swap-does-nothing': 'swap skip-effect',
};

const several: Readonly<Record<string, readonly string[]>> = {
  'compute:list-keeps-id': ['list shift-range:field.id:never-ends', 'show shift-range:field.id:never-ends'],
  'compute:blind-tag-a-version-late': [
    'list shift-range:field.tag:begins-late',
    'show shift-range:field.tag:begins-late',
  ],
  'compute:shelved-attach-at-once': ['attach drop-check:shelved-version', 'detach drop-check:shelved-version'],
  'compute:detach-reaches-foreign-servers': ['detach unscoped-lookup:server', 'detach unscoped-lookup:volume'],
  'compute:detach-twice': ['detach keep-deleted:mapping', 'detach drop-check:detachable'],
  'compute:swap-to-attached': ['swap drop-check:new-detached', 'swap drop-check:new-unmapped'],
  ...onPut('compute:update-server-before-body', 'check-order:server-before-body'),
  ...onPut('compute:update-role-before-body', 'check-order:role-before-body'),
  ...onPut('compute:update-role-before-server', 'check-order:role-before-server'),
  ...onPut('compute:update-volume-before-role', 'check-order:mapped-before-role'),
  ...onPut('compute:update-finds-unattached', 'drop-check:mapped'),
  ...onPut('compute:update-accepts-other-device', 'drop-check:same-device'),
  ...onPut('compute:update-accepts-other-tag', 'drop-check:same-tag'),
  ...onPut('compute:update-accepts-other-serverId', 'drop-check:same-server'),
  ...onPut('compute:update-accepts-other-id', 'drop-check:same-id'),
};

/** The same operator on several actions: `<action>-<name>`. */
const families: readonly (readonly [name: string, operator: string, actions: readonly Action[]])[] = [
  ['passes-over-queries', 'drop-check:query', ['show', 'attach', 'update', 'swap', 'detach']],
  ['permitted-to-reader', 'widen-role:reader', ['attach', 'update', 'detach', 'swap']],
  ['permitted-to-service', 'widen-role:service', ['list', 'show', 'attach', 'update', 'detach']],
  ['forbidden-to-reader', 'narrow-role:reader', ['list', 'show']],
  ['forbidden-to-member', 'narrow-role:member', ['attach', 'update', 'detach']],
  ['forbidden-to-admin', 'narrow-role:admin', ['list', 'show', 'attach', 'update', 'detach']],
  ['reaches-foreign-servers', 'unscoped-lookup:server', ['list', 'show', 'attach', 'update', 'swap']],
  ['remembers-deleted-servers', 'keep-deleted:server', ['list', 'show', 'attach', 'update', 'detach']],
  ['remembers-deleted-volumes', 'keep-deleted:volume', ['show', 'attach', 'update', 'detach']],
  ['remembers-detached-volumes', 'keep-deleted:mapping', ['show', 'update', 'detach']],
  ['looks-past-server', 'unscoped-lookup:mapping', ['show', 'update']],
];

/** By the names of the states in the ids of the clauses. */
const states: Readonly<Record<string, string>> = {
  paused: 'paused',
  stopped: 'stopped',
  suspended: 'suspended',
  rescued: 'rescued',
  resized: 'resized',
  shelved: 'shelved',
  'shelved-offloaded': 'shelved_offloaded',
  error: 'error',
  'soft-deleted': 'soft-delete',
};

const every = Object.keys(states);
const settled = ['paused', 'stopped', 'resized', 'soft-deleted', 'shelved', 'shelved-offloaded'];

const inStates: readonly (readonly [kind: string, operator: string, action: Action, names: readonly string[]])[] = [
  ['permitted', 'allow-state', 'attach', ['suspended', 'rescued', 'error']],
  ['permitted', 'allow-state', 'detach', ['suspended', 'rescued', 'error']],
  ['permitted', 'allow-state', 'swap', ['stopped']],
  ['refused', 'refuse-state', 'attach', settled],
  ['refused', 'refuse-state', 'detach', settled],
  ['refused', 'refuse-state', 'swap', ['paused']],
  ['refused', 'refuse-state', 'update', every],
  ['hides', 'refuse-state', 'list', every],
  ['hides', 'refuse-state', 'show', every],
];

/** Ignores the microversion from which shelved servers are supported. */
const shelvedEarly = (['attach', 'detach'] as const).flatMap((action) =>
  ['shelved', 'shelved-offloaded'].map((name): Entry => [
    `state-permitted:${name}:${action}`,
    [expanded(`${action} drop-check:shelved-version`)],
  ]),
);

export const attachmentAliases: Aliases = Object.fromEntries<readonly string[]>([
  ...Object.entries(single).map(([id, one]): Entry => [id as FaultId, [expanded(one)]]),
  ...Object.entries(several).map(([id, all]): Entry => [id as FaultId, all.map(expanded)]),
  ...families.flatMap(([name, operator, actions]) =>
    actions.map((action): Entry => [`compute:${action}-${name}`, [expanded(`${action} ${operator}`)]]),
  ),
  ...inStates.flatMap(([kind, operator, action, names]) =>
    names.map((name): Entry => [
      `state-${kind}:${name}:${action}`,
      [expanded(`${action} ${operator}:${states[name] ?? name}`)],
    ]),
  ),
  ...shelvedEarly,
]);

function onPut(id: FaultId, operator: string): Readonly<Record<string, readonly string[]>> {
  return { [id]: [`update ${operator}`, `swap ${operator}`] };
}

/** `attach drop-check:lock` as the id of the generated fault. */
function expanded(text: string): string {
  const [action = '', operator = ''] = text.split(' ');
  return `${operations[action as Action]}:${operator}`;
}
