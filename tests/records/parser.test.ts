/** The parsers that the build compiles accept what the declarations accept, and say what is wrong and where. */
import { expect, test } from 'vitest';
import { parserOf } from '../../src/records/parser.ts';

const at = '2026-01-01T00:00:00.000Z';
const created = { event: 'created', type: 'volume', name: 'osc-1-volume-1', id: '1', identity: 'admin', at };
const caseLine = { line: 'case', id: 'a#b@2.1', finishedAt: at, verdict: { is: 'pass' }, durationMs: 1, exchanges: 1 };
const manifest = { format: 'openstack-conformance/manifest', formatVersion: 1, files: [] };

test.each([
  ['ledgerEntry', created],
  ['ledgerEntry', { ...created, ofALaterRelease: true }],
  ['caseLine', caseLine],
  ['manifest', manifest],
] as const)('a valid %s is returned as it is', (name, value) => {
  expect(parserOf(name)(value)).toEqual({ is: 'valid', value });
});

const wrong = [
  ['ledgerEntry', 'text', '', 'an object'],
  ['ledgerEntry', { ...created, event: 'lost' }, '/event', 'a known value of "event"'],
  ['ledgerEntry', { ...created, id: undefined }, '', 'a member "id"'],
  ['ledgerEntry', { ...created, at: 'today' }, '/at', 'a string in the format date-time'],
  [
    'ledgerEntry',
    { ...created, identity: 'owner' },
    '/identity',
    'one of "member", "reader", "other", "admin", "service"',
  ],
  ['caseLine', { ...caseLine, exchanges: -1 }, '/exchanges', 'a whole number of at least 0'],
  [
    'caseLine',
    { ...caseLine, verdict: { is: 'fail', findings: [] } },
    '/verdict/findings',
    'a list with at least 1 entries',
  ],
  ['manifest', { ...manifest, formatVersion: 2 }, '/formatVersion', '1'],
  [
    'manifest',
    { ...manifest, files: [{ path: 'a', sha256: '0', bytes: 1 }] },
    '/files/0/sha256',
    'a string that matches ^[0-9a-f]{64}$',
  ],
] as const;

test.each(wrong)('a wrong %s is refused with its place: %j', (name, value, pointer, expected) => {
  expect(parserOf(name)(JSON.parse(JSON.stringify(value)))).toEqual({ is: 'invalid', pointer, expected });
});
