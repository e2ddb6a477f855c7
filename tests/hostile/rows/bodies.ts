/** Replies whose frame is wrong, or which are larger than anything needs to be. */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { alters, answers, pours, says, saysAndEnds, withHeaders, withBody } from '../conducts.ts';
import type { Responder, Misbehaviour } from '../misbehaviour.ts';
import { acts, discovery, everywhere, responses, services, signIn } from '../places.ts';

const mebibyte = Buffer.alloc(1 << 20, 'x');
const bomb = Buffer.alloc(64 << 20, ' ');
const ok = ['HTTP/1.1 200 OK', 'Content-Type: application/json'];
const chunked = [...ok, 'Transfer-Encoding: chunked'];
const failed = { codes: [1], cases: ['fail', 'inconclusive', 'error', 'pass'] } as const;
const broken = { codes: [2], cases: ['error', 'inconclusive'] } as const;
const unmet = { codes: [3] } as const;

function compressed(coding: string, bytes: Buffer): Responder {
  return alters((response) => withHeaders(withBody(response, bytes), { 'content-encoding': coding }));
}

export const bodies: readonly Misbehaviour[] = [
  {
    id: 'endless-body',
    does: 'sends a body without end',
    where: acts,
    respond: pours([...ok, 'Connection: close'], mebibyte),
    expected: failed,
  },
  {
    id: 'endless-body-at-sign-in',
    does: 'sends a body without end',
    where: signIn,
    respond: pours(['HTTP/1.1 201 Created', 'X-Subject-Token: t', 'Connection: close'], mebibyte),
    expected: unmet,
  },
  {
    id: 'endless-body-at-discovery',
    does: 'sends a body without end',
    where: discovery,
    respond: pours([...ok, 'Connection: close'], mebibyte),
    expected: unmet,
  },
  {
    id: 'endless-body-everywhere',
    does: 'sends a body without end',
    where: services,
    respond: pours([...ok, 'Connection: close'], mebibyte),
    expected: broken,
  },
  {
    id: 'body-of-1-gb',
    does: 'sends a body of 1 GB',
    where: acts,
    respond: pours([...ok, 'Content-Length: 1073741824'], mebibyte, 1 << 30),
    expected: failed,
  },
  {
    id: 'endless-chunks',
    does: 'sends chunks without end',
    where: acts,
    respond: pours(chunked, Buffer.from(`400\r\n${'x'.repeat(1024)}\r\n`.repeat(100))),
    expected: failed,
  },
  {
    id: 'endless-tiny-chunks',
    does: 'sends chunks of one byte without end',
    where: acts,
    respond: pours(chunked, Buffer.from('1\r\nx\r\n'.repeat(10_000))),
    // Whether the limit of size or that of time ends it is up to the machine.
    expected: { codes: [1, 2] },
  },
  {
    id: 'length-too-long',
    does: 'tells a length that never comes',
    where: acts,
    respond: saysAndEnds(...ok, 'Content-Length: 5000', '', '{}'),
    expected: broken,
  },
  {
    id: 'length-too-short',
    does: 'sends more than it tells',
    where: acts,
    respond: says(...ok, 'Content-Length: 2', '', '{"volumeAttachments": []}'),
    expected: { codes: [1, 2] },
  },
  {
    id: 'length-negative',
    does: 'tells a negative length',
    where: acts,
    respond: says(...ok, 'Content-Length: -5', '', '{}'),
    expected: broken,
  },
  {
    id: 'two-lengths',
    does: 'tells two lengths',
    where: acts,
    respond: says(...ok, 'Content-Length: 2', 'Content-Length: 20', '', '{}'),
    expected: broken,
  },
  {
    id: 'bad-chunks',
    does: 'sends chunks that are none',
    where: acts,
    respond: says(...chunked, '', 'zz', '{}', '0', '', ''),
    expected: broken,
  },
  {
    id: 'huge-chunk-size',
    does: 'tells a chunk of 2^64 bytes',
    where: acts,
    respond: says(...chunked, '', 'ffffffffffffffff', '{}', ''),
    expected: broken,
  },
  {
    id: 'gzip-bomb',
    does: 'compresses 64 MiB though nobody asked',
    where: acts,
    respond: compressed('gzip', gzipSync(bomb)),
    expected: failed,
  },
  {
    id: 'deflate-bomb',
    does: 'compresses 64 MiB though nobody asked',
    where: acts,
    respond: compressed('deflate', deflateSync(bomb)),
    expected: failed,
  },
  {
    id: 'brotli-bomb',
    does: 'compresses 64 MiB though nobody asked',
    where: acts,
    respond: compressed('br', brotliCompressSync(bomb)),
    expected: failed,
  },
  {
    id: 'gzip-bomb-at-sign-in',
    does: 'compresses 64 MiB though nobody asked',
    where: signIn,
    respond: compressed('gzip', gzipSync(bomb)),
    expected: unmet,
  },
  {
    id: 'many-headers',
    does: 'sends 100,000 headers',
    where: acts,
    respond: says(...ok, ...Array.from({ length: 100_000 }, (_, index) => `X-${index}: x`), '', '{}'),
    expected: broken,
  },
  {
    id: 'huge-header',
    does: 'sends a header of 10 MB',
    where: acts,
    respond: says(...ok, `X-Huge: ${'x'.repeat(10_000_000)}`, '', ''),
    expected: broken,
  },
  {
    id: 'endless-header',
    does: 'sends a header without end',
    where: signIn,
    respond: pours(['HTTP/1.1 201 Created'], Buffer.from('X-More: y\r\n'.repeat(1000))),
    expected: unmet,
  },
  {
    id: 'large-json',
    does: 'sends 7 MB of JSON',
    where: services,
    respond: answers(200, JSON.stringify({ servers: 'x'.repeat(7_000_000) })),
    expected: broken,
  },
  {
    id: 'many-items',
    does: 'sends a list of 200,000 items',
    where: acts,
    respond: answers(200, JSON.stringify({ volumeAttachments: Array.from({ length: 200_000 }, () => ({ id: 'x' })) })),
    args: responses,
    expected: failed,
  },
  {
    id: 'no-body-anywhere',
    does: 'answers 204 to everything',
    where: everywhere,
    respond: answers(204),
    expected: unmet,
  },
];
