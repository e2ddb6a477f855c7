/** Declarations of operations agree with the contract: call, path parameters, members, and what follows from them. */
import { expect, test } from 'vitest';
import { chosenContracts } from '../../cli/chosen-contract.ts';
import { changesOf, recipesOf } from '../../src/clauses/derive-recipe.ts';
import { bodyPointers, pathResources } from '../../src/clauses/define-operation.ts';
import { tiedMembers } from '../../src/clauses/derive-recipe.ts';
import { findOperation } from '../../src/contract/questions.ts';
import { otherMethodsOf } from '../../suites/compute/rules/other-methods.ts';
import { instanceActionOperations } from '../../suites/compute/instance-actions/operations.ts';
import { remoteConsoleOperations } from '../../suites/compute/remote-consoles/operations.ts';
import { migrationOperations } from '../../suites/compute/migrations/operations.ts';
import { serverActionOperations } from '../../suites/compute/server-actions/operations.ts';
import { serverGroupOperations } from '../../suites/compute/server-groups/operations.ts';
import { serverMetadataOperations } from '../../suites/compute/server-metadata/operations.ts';
import { singleServerOperations } from '../../suites/compute/servers/operations.ts';
import { serverTagOperations } from '../../suites/compute/server-tags/operations.ts';
import {
  attachVolume,
  swapVolume,
  updateVolumeAttachment,
  volumeAttachmentOperations,
} from '../../suites/compute/volume-attachments/operations.ts';

const [{ contract }] = (await chosenContracts({})).chosen;

test.each(
  [
    ...volumeAttachmentOperations,
    ...serverGroupOperations,
    ...serverTagOperations,
    ...serverMetadataOperations,
    ...serverActionOperations,
    ...instanceActionOperations,
    ...remoteConsoleOperations,
    ...migrationOperations,
    ...singleServerOperations,
  ].map((declared) => [declared.id, declared] as const),
)('%s has the call of the contract, and a resource for every path parameter', (id, declared) => {
  const operation = findOperation(contract, id);
  expect(declared.call).toBe(`${operation?.method} ${operation?.path}`);
  const parameters = [...declared.call.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const ids = Object.fromEntries(Object.keys(declared.resources).map((name) => [name, { id: `id-of-${name}` }]));
  expect(Object.keys(declared.request(ids).path)).toEqual(parameters);
  expect(pathResources(declared).length).toBe(parameters.length);
});

test('a request without one of its resources is an error of the harness', () => {
  expect(() => attachVolume.request({ server: { id: 'a' } })).toThrow(
    'compute/attach-volume needs the resource volume',
  );
});

test('a request has its resources at each of their places, and further members beside them', () => {
  const resources = { server: { id: 's' }, volume: { id: 'v' }, replacement: { id: 'r' } };
  const flag = { '/volumeAttachment/delete_on_termination': true };
  expect(updateVolumeAttachment.request(resources, flag)).toEqual({
    path: { server_id: 's', volume_id: 'v' },
    body: { volumeAttachment: { volumeId: 'v', delete_on_termination: true } },
  });
  expect(swapVolume.request(resources).body).toEqual({ volumeAttachment: { volumeId: 'r' } });
});

test('only a member that repeats the path is tied to it', () => {
  expect(tiedMembers(updateVolumeAttachment)).toEqual({ '/volumeAttachment/volumeId': 'volume_id' });
  expect(tiedMembers(swapVolume)).toEqual({});
  expect(bodyPointers(swapVolume)).toEqual(['/volumeAttachment/volumeId']);
});

test('operations that share a call are one declared change; reads are none', () => {
  expect(changesOf(volumeAttachmentOperations).map(({ operations }) => operations)).toEqual([
    ['compute/attach-volume'],
    ['compute/update-volume-attachment', 'compute/swap-volume'],
    ['compute/detach-volume'],
  ]);
});

test('parts of a resource are values of a declared change, and a recipe says which of them the request creates', () => {
  const changes = changesOf(serverTagOperations);
  const added = changes.find(({ operations }) => operations?.includes('compute/add-a-single-tag'));
  expect(Object.keys(added?.refers ?? {})).toEqual(['path server_id']);
  expect(added?.values).toEqual(['path tag']);
  const recipes = recipesOf(serverTagOperations);
  expect(recipes['compute/add-a-single-tag']?.creates).toEqual(['tag']);
  expect(recipes['compute/delete-a-single-tag']?.creates).toBeUndefined();
});

test('the guard allows methods that a path does not have, and none that is an operation', () => {
  const other = [...otherMethodsOf(volumeAttachmentOperations), ...otherMethodsOf(serverGroupOperations)];
  expect(other.map(({ call }) => call)).toEqual([
    'PUT /servers/{server_id}/os-volume_attachments',
    'PATCH /servers/{server_id}/os-volume_attachments',
    'POST /servers/{server_id}/os-volume_attachments/{volume_id}',
    'PATCH /servers/{server_id}/os-volume_attachments/{volume_id}',
    'PUT /os-server-groups',
    'PATCH /os-server-groups',
    'POST /os-server-groups/{server_group_id}',
    'PUT /os-server-groups/{server_group_id}',
    'PATCH /os-server-groups/{server_group_id}',
  ]);
  const documented = new Set(contract.operations.map(({ method, path }) => `${method} ${path}`));
  expect(other.filter(({ call }) => documented.has(call))).toEqual([]);
});
