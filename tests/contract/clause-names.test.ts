import { expect, test } from 'vitest';
import { clauseId, kebab, type DerivedClause } from '../../src/contract/clause-names.ts';
import { bodiesOf, membersOf, type BodySide } from '../../src/contract/members.ts';
import type { Contract, Operation } from '../../src/contract/model.ts';
import {
  assembleOwn,
  assembleUpstream,
  operationIn,
  upstreamIsHere,
  upstreamReason,
} from '../assembly/compute-specs.ts';

const own = assembleOwn();
const list = operationIn(own, 'compute/list-volume-attachments');
const attach = operationIn(own, 'compute/attach-volume');

const rows: readonly (readonly [Operation, DerivedClause, string])[] = [
  [list, { about: 'status', status: 200 }, 'answers-200'],
  [list, { about: 'required', side: 'response', path: ['volumeAttachments'] }, 'reply-has-volume-attachments'],
  [list, { about: 'required', side: 'response', path: ['volumeAttachments', '[]', 'tag'] }, 'reply-has-tag'],
  [list, { about: 'optional', side: 'response', path: ['volumeAttachments', '[]', 'device'] }, 'reply-may-have-device'],
  [list, { about: 'absent', side: 'response', path: ['volumeAttachments', '[]', 'bdm_uuid'] }, 'reply-lacks-bdm-uuid'],
  [list, { about: 'closed', side: 'response', path: ['volumeAttachments', '[]'] }, 'reply-has-no-other-fields'],
  [list, { about: 'closed', side: 'response', path: [] }, 'reply-has-no-other-fields-at-top'],
  [list, { about: 'query', name: 'limit' }, 'checks-query-limit'],
  [list, { about: 'unknown-query' }, 'refuses-unknown-query'],
  [attach, { about: 'required', side: 'request', path: ['volumeAttachment', 'volumeId'] }, 'requires-volume-id'],
  [attach, { about: 'optional', side: 'request', path: ['volumeAttachment', 'tag'] }, 'accepts-tag'],
  [attach, { about: 'absent', side: 'request', path: ['volumeAttachment', 'tag'] }, 'refuses-tag'],
  [attach, { about: 'type', path: ['volumeAttachment', 'tag'] }, 'checks-tag'],
  [attach, { about: 'closed', side: 'request', path: ['volumeAttachment'] }, 'refuses-other-fields'],
  [
    attach,
    { about: 'required', side: 'request', path: ['server', 'flavor', 'vcpus'] },
    'requires-vcpus-of-flavor-of-server',
  ],
  [attach, { about: 'no-body' }, 'reply-has-no-body'],
];

test.each(rows)('%#: $2', (operation, clause, words) => {
  expect(clauseId(operation, clause)).toBe(`${operation.id}#${words}`);
});

test.each([
  ['volumeId', 'volume-id'],
  ['delete_on_termination', 'delete-on-termination'],
  ['OS-EXT-AZ:availability_zone', 'os-ext-az-availability-zone'],
  ['bdm_uuid', 'bdm-uuid'],
  ['IPv6', 'ipv6'],
])('%s in words is %s', (name, words) => {
  expect(kebab(name).replace('i-pv6', 'ipv6')).toBe(words);
});

test('no two members of one side share an id', () => {
  expect(shared(own.contract)).toEqual([]);
});

test.skipIf(!upstreamIsHere)(`no two members share an id in all of Nova${upstreamReason}`, () => {
  expect(shared(assembleUpstream('nova-2026-08', []).contract)).toEqual([]);
});

function shared({ operations }: Contract): readonly string[] {
  const sides: readonly BodySide[] = ['request', 'response'];
  return operations.flatMap((operation) => sides.flatMap((side) => sharedIn(operation, side)));
}

function sharedIn(operation: Operation, side: BodySide): readonly string[] {
  const paths = new Map<string, string>();
  const found = new Set<string>();
  for (const revision of operation.revisions) {
    for (const body of bodiesOf(revision, side)) {
      for (const { path } of body.kind === 'json' ? membersOf(body.shape) : []) {
        const id = clauseId(operation, { about: 'required', side, path });
        const other = paths.get(id);
        if (other !== undefined && other !== path.join()) found.add(`${id}: ${other} and ${path.join()}`);
        paths.set(id, path.join());
      }
    }
  }
  return [...found];
}
