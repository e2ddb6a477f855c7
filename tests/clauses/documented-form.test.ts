/** Replies are held against the schema of exactly the microversion that they were made for. */
import { expect, test } from 'vitest';
import { ownContract } from '../../cli/own-contract.ts';
import type { Exchange } from '../../src/client/exchange.ts';
import { expectDocumentedForm } from '../../src/clauses/documented-form.ts';
import { contractOf } from '../../src/contract/cut-revisions.ts';
import type { JsonObject } from '../../src/json.ts';
import { schemaStore } from '../../src/schema/schema-store.ts';

const show = 'compute/show-volume-attachment';
const contract = contractOf(ownContract((id) => id === show, 'compute').draft);
const run = { contract, schemas: schemaStore(contract) };
const volumeId = '22222222-2222-4222-8222-222222222222';
const upTo269 = { id: volumeId, volumeId, serverId: '11111111-1111-4111-8111-111111111111' };

function shown(attachment: JsonObject, asked: string | undefined, status = 200, applied = asked): Exchange {
  return {
    id: 'x1',
    purpose: 'observation',
    operation: show,
    identity: 'member',
    request: {
      method: 'GET',
      url: 'http://cloud.test/v2.1/servers/a/os-volume_attachments/b',
      headers: asked === undefined ? [] : [['openstack-api-version', `compute ${asked}`]],
    },
    response: {
      status,
      headers: applied === undefined ? [] : [['openstack-api-version', `compute ${applied}`]],
      body: JSON.stringify({ volumeAttachment: attachment }),
    },
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
  };
}

const deviations = (exchange: Exchange): readonly string[] =>
  expectDocumentedForm(run, exchange).map((finding) =>
    finding.kind === 'schema' ? (finding.clause ?? '') : finding.kind,
  );

test('a member that is null where it may only be missing is a deviation of its own clause', () => {
  expect(deviations(shown({ ...upTo269, device: null }, '2.1'))).toEqual([`${show}#reply-may-have-device`]);
  expect(deviations(shown(upTo269, '2.1'))).toEqual([]);
});

test('a member is judged at the microversion that was asked for, and at the one applied for latest', () => {
  const tagged = { ...upTo269, tag: null };
  expect(deviations(shown(tagged, '2.70'))).toEqual([]);
  expect(deviations(shown(tagged, '2.69'))).toEqual([`${show}#reply-lacks-tag`]);
  expect(deviations(shown(tagged, 'latest', 200, '2.70'))).toEqual([]);
  expect(deviations(shown(tagged, 'latest', 200, '2.69'))).toEqual([`${show}#reply-lacks-tag`]);
});

test('nothing is said of a refusal, and of a request that names no microversion', () => {
  expect(deviations(shown({}, '2.1', 404))).toEqual([]);
  expect(deviations(shown({}, undefined))).toEqual([]);
});
