import { expect, it } from 'vitest';
import type { Exchange } from '../../src/client/exchange.ts';
import type { Finding } from '../../src/clauses/verdict.ts';
import { wordFinding } from '../../src/report/describe-finding.ts';

const exchange: Exchange = {
  id: 'x12',
  purpose: 'act',
  identity: 'member',
  request: { method: 'POST', url: 'http://cloud.example/v2.1/servers/1?a=b', headers: [] },
  startedAt: '2026-03-01T10:00:00.000Z',
  durationMs: 1,
};

const sentences: readonly (readonly [Finding, string])[] = [
  [
    { kind: 'status', exchange: 'x12', expected: [200, 202, 204], seen: 500 },
    'POST /v2.1/servers/1?a=b (x12) returned 500 where the contract expects 200, 202 or 204.',
  ],
  [
    { kind: 'schema', exchange: 'x12', pointer: '/a/0', keyword: 'type', expected: 'a string', seen: 5, clause: 'c#d' },
    'In the response to POST /v2.1/servers/1?a=b (x12), the value at /a/0 is 5 where the contract expects a string (schema keyword "type", clause c#d).',
  ],
  [
    { kind: 'schema', exchange: 'x12', pointer: '', keyword: 'required', expected: 'a member "a"', seen: {} },
    'In the response to POST /v2.1/servers/1?a=b (x12), the body is {} where the contract expects a member "a" (schema keyword "required").',
  ],
  [
    { kind: 'header', exchange: 'x12', name: 'vary', expected: 'OpenStack-API-Version', seen: null },
    'The response to POST /v2.1/servers/1?a=b (x12) has no header vary where the contract expects vary: OpenStack-API-Version.',
  ],
  [
    { kind: 'header', exchange: 'x12', name: 'vary', expected: 'a', seen: 'b\u001b[2J' },
    'The response to POST /v2.1/servers/1?a=b (x12) has vary: b\\x1b[2J where the contract expects vary: a.',
  ],
  [
    { kind: 'value', exchange: 'x12', pointer: '/tag', expected: 'data' },
    'In the response to POST /v2.1/servers/1?a=b (x12), there is no value at /tag where the contract expects "data".',
  ],
  [
    { kind: 'value', exchange: 'x12', pointer: '/tag', expected: null, seen: ['\u202E'] },
    'In the response to POST /v2.1/servers/1?a=b (x12), the value at /tag is ["\\u202e"] where the contract expects null.',
  ],
  [
    { kind: 'body', exchange: 'x12', expected: 'no body', seen: '<html>\n' },
    'The response to POST /v2.1/servers/1?a=b (x12) has <html>\\n where the contract expects no body.',
  ],
  [
    { kind: 'transition', exchange: 'x12', expected: 'volume status in-use', seen: 'attaching', waitedMs: 60_040 },
    'After 60.0 s of waiting for volume status in-use, the target still showed attaching; the last request was POST /v2.1/servers/1?a=b (x12).',
  ],
];

it.each(sentences)('words a finding as a sentence: %j', (finding, expected) => {
  expect(wordFinding(finding, exchange)).toBe(expected);
});

it('names the exchange by its id when only that is known', () => {
  expect(wordFinding({ kind: 'status', exchange: 'x12', expected: [200], seen: 404 })).toBe(
    'Exchange x12 returned 404 where the contract expects 200.',
  );
});

it('words a value that is nested deeper than a serializer can follow', () => {
  let deep: Finding['kind'] | readonly unknown[] = [];
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
  const finding = { kind: 'value', exchange: 'x12', pointer: '', expected: 1, seen: deep } as Finding;
  expect(wordFinding(finding, exchange)).toContain('the body is [[[[[[[[[[[["…"]]]]]]]]]]]] where');
});
