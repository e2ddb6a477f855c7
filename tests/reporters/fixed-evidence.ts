/** The exchanges behind the fixed run. */
import type { Exchange } from '../../src/client/exchange.ts';
import { hostile } from './hostile.ts';

const server = 'fa6e6b4e-9a1f-4b53-8d2c-2f8b5a0a7c11';
export const volume = '0b1d3e55-5b0e-4f6c-9b53-6d3a43bd0b2e';
export const compute = 'http://127.0.0.1:8774/v2.1';
export const attachments = `${compute}/servers/${server}/os-volume_attachments`;

const list = 'compute/list-volume-attachments';
const attach = 'compute/attach-volume';
const update = 'compute/update-volume-attachment';

function exchange(
  id: string,
  purpose: Exchange['purpose'],
  method: string,
  url: string,
  more: Partial<Exchange>,
): Exchange {
  const headers: Exchange['request']['headers'] = [
    ['host', '127.0.0.1:8774'],
    ['accept', 'application/json'],
    ['x-auth-token', '[redacted]'],
    ['openstack-api-version', 'compute 2.85'],
  ];
  const startedAt = '2026-03-01T10:00:01.000Z';
  return { id, purpose, identity: 'member', request: { method, url, headers }, startedAt, durationMs: 12.5, ...more };
}

function posted(
  id: string,
  purpose: Exchange['purpose'],
  method: string,
  url: string,
  body: string,
  more: Partial<Exchange>,
): Exchange {
  const plain = exchange(id, purpose, method, url, more);
  const headers = [...plain.request.headers, ['content-type', 'application/json'] as const];
  return { ...plain, request: { ...plain.request, headers, body } };
}

const answer = { status: 200, headers: [['content-type', 'application/json']], body: '{}' } as const;
const request = `{"volumeAttachment": {"volumeId": "${volume}", "tag": "it's ${hostile.markdown}"}}`;

const x3 = exchange('x3', 'act', 'GET', `${attachments}?limit=1`, { response: { ...answer, status: 500 } });
const x4 = posted('x4', 'act', 'POST', attachments, request, { response: { ...answer, body: hostile.script } });
const x5 = posted('x5', 'act', 'POST', attachments, request, {
  failure: { code: 'ECONNRESET', message: hostile.terminal },
});
const x6 = exchange('x6', 'observation', 'GET', `http://127.0.0.1:8776/v3/volumes/${volume}`, { response: answer });
const x7 = posted(
  'x7',
  'act',
  'PUT',
  `${attachments}/${volume}`,
  '{"volumeAttachment": {"delete_on_termination": true}}',
  {
    identity: 'other',
    response: { ...answer, status: 202 },
  },
);

/** By case. */
export const evidence: Readonly<Record<string, readonly Exchange[]>> = {
  [`${list}#limits@2.104`]: [x3],
  [`${attach}#echoes-tag@2.70`]: [x4],
  [`${attach}#echoes-tag@2.79`]: [x4],
  [`${attach}#body@2.1`]: [x4],
  [`${attach}#body@2.104`]: [x5],
  [`${attach}#becomes-in-use@2.1`]: [x4, x6],
  [`${update}#negotiates@2.85`]: [x7],
  [`${update}#negotiates@2.95`]: [x7],
  [`${update}#no-body@2.85`]: [x7],
};
