/**
 * Nova's references of 2018 and 2026: what became of volume attachments, as its history was written down by hand.
 *
 * Two entries of that history are no change of the contract: the path parameters of show and detach, which the earlier
 * text took from a definition for bodies (lint tells that), and the samples in another folder. One is prose only: that
 * the 202 has no body. And one is not in it: the response to an attach may lack its id by the later text.
 */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compareTrees, type TreeToCompare } from '../../src/reference-diff/compare-trees.ts';
import type { ReferenceDiff } from '../../src/reference-diff/model.ts';
import { loadTree } from '../../src/reference/load-tree.ts';
import { readReference } from '../../src/reference/read-reference.ts';

const shared = new URL('../../../shared/reference/', import.meta.url);
const here = existsSync(shared);
const reason = here ? '' : ' (skipped: ../shared/reference is not here)';
const tree = (name: string): TreeToCompare => ({
  name,
  reference: readReference(loadTree(new URL(name, shared).pathname)),
});

const history: Readonly<Record<string, readonly string[]>> = {
  'List volume attachments for an instance': [
    'response-field-optional /volumeAttachments/device 2.1-',
    'response-field-added /volumeAttachments/tag 2.70-',
    'response-field-added /volumeAttachments/delete_on_termination 2.79-',
    'response-field-removed /volumeAttachments/id 2.89-',
    'response-field-added /volumeAttachments/attachment_id 2.89-',
    'response-field-added /volumeAttachments/bdm_uuid 2.89-',
  ],
  'Attach a volume to an instance': [
    'response-field-optional /volumeAttachment/id 2.1-',
    'response-field-added /volumeAttachment/tag 2.70-',
    'request-field-added /volumeAttachment/delete_on_termination 2.79-',
    'response-field-added /volumeAttachment/delete_on_termination 2.79-',
    'success-code-added status 202 2.101-',
    'success-code-removed status 200 2.101-',
  ],
  'Show a detail of a volume attachment': [
    'response-field-optional /volumeAttachment/device 2.1-',
    'response-field-added /volumeAttachment/tag 2.70-',
    'response-field-added /volumeAttachment/delete_on_termination 2.79-',
    'response-field-removed /volumeAttachment/id 2.89-',
    'response-field-added /volumeAttachment/attachment_id 2.89-',
    'response-field-added /volumeAttachment/bdm_uuid 2.89-',
  ],
  'Update a volume attachment': [
    'path-parameter-renamed path volume_id',
    'request-field-added /volumeAttachment/delete_on_termination 2.85-',
    'request-field-added /volumeAttachment/device 2.85-',
    'request-field-added /volumeAttachment/serverId 2.85-',
    'request-field-added-required /volumeAttachment/tag 2.85-',
    'request-field-added /volumeAttachment/id 2.85-',
  ],
  'Update(swapping) a volume attachment': ['operation-added'],
  'Detach a volume from an instance': [],
};

describe.skipIf(!here)(`Nova from 2018 to 2026${reason}`, () => {
  const diff: ReferenceDiff = here
    ? compareTrees(tree('nova-2018-01'), tree('nova-2026-08'))
    : { before: { name: '', operations: 0 }, after: { name: '', operations: 0 }, operations: [] };
  const own = diff.operations.filter(({ file }) => file.includes('os-volume-attachments'));

  test('grew from 244 operations and 2.60 to 251 and 2.104', () => {
    expect([diff.before, diff.after]).toMatchObject([
      { operations: 244, newest: '2.60' },
      { operations: 251, newest: '2.104' },
    ]);
  });

  test.each(Object.entries(history))('%s has the history that was written down', (title, expected) => {
    const changes = own.find((operation) => operation.title === title)?.changes ?? [];
    const contract = changes.filter(({ kind }) => !kind.startsWith('sentence'));
    expect(
      contract.map(({ kind, place, range }) => [kind, place, range ?? ''].filter((part) => part !== '').join(' ')),
    ).toEqual(expected);
  });

  test('has no breaking changes except members that may be missing', () => {
    const breaking = own.flatMap(({ changes }) => changes.filter((change) => change.class === 'breaking'));
    expect(new Set(breaking.map(({ kind }) => kind))).toEqual(new Set(['response-field-optional']));
  });

  test('lists changed sentences: notes on asynchrony, and the response without a body', () => {
    const attach = own.find(({ title }) => title === 'Attach a volume to an instance');
    const added = attach?.changes.filter(({ kind }) => kind === 'sentence-added').map(({ after }) => after ?? '') ?? [];
    expect(added.some((text) => /asynchronous/i.test(text))).toBe(true);
    expect(added.some((text) => text.includes('2.101'))).toBe(true);
  });
});
