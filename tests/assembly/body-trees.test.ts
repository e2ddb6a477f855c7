import { expect, test } from 'vitest';
import type { Json } from '../../src/json.ts';
import { sketch } from './sketch.ts';
import { assembleTiny, type TinyResponse } from './tiny-reference.ts';

interface Row extends TinyResponse {
  readonly name: string;
  /** The body at 2.1, and from each later version at which it changes. */
  readonly expected: Readonly<Record<string, string>>;
  readonly diagnostics?: readonly string[];
}

const rows: readonly Row[] = [
  {
    name: 'finds members below their container, through arrays',
    parameters: ['servers: array required', 'id: string required', 'links: array', 'href: string required'],
    samples: { 2.1: { servers: [{ id: 'a', links: [{ href: 'b' }] }] } },
    expected: { '2.1': '{servers: [{id: string, links?: [{href: string}]}]}' },
  },
  {
    name: 'tells where a container ends by the samples',
    parameters: [
      'server: object required',
      'flavor: object required',
      'ram: integer required',
      'name: string required',
    ],
    samples: { 2.1: { server: { flavor: { ram: 1 }, name: 'n' } } },
    expected: { '2.1': '{server: {flavor: {ram: integer}, name: string}}' },
  },
  {
    name: 'takes the child of the place before when a name has several places',
    parameters: ['server: object required', 'id: string required', 'image: object required', 'id: string required'],
    samples: { 2.1: { server: { id: 'a', image: { id: 'b' } } } },
    expected: { '2.1': '{server: {id: string, image: {id: string}}}' },
  },
  {
    name: 'follows dotted names to the nearest container',
    parameters: ['volumes: array required', 'attachments: array required', 'attachments.device: string required'],
    samples: { 2.1: { volumes: [{ attachments: [{ device: 'd' }] }] } },
    expected: { '2.1': '{volumes: [{attachments: [{device: string}]}]}' },
  },
  {
    name: 'forgives a singular in a dotted name',
    parameters: ['volumes: array required', 'attachments: array required', 'attachment.device: string required'],
    samples: { 2.1: { volumes: [{ attachments: [{ device: 'd' }] }] } },
    expected: { '2.1': '{volumes: [{attachments: [{device: string}]}]}' },
  },
  {
    name: 'keeps colons in keys',
    parameters: ['server: object required', 'OS-EXT-AZ:availability_zone: string required'],
    samples: { 2.1: { server: { 'OS-EXT-AZ:availability_zone': 'z' } } },
    expected: { '2.1': '{server: {OS-EXT-AZ:availability_zone: string}}' },
  },
  {
    name: 'leaves an object without documented members a free map',
    parameters: ['server: object required', 'metadata: object required'],
    samples: { 2.1: { server: { metadata: { any: 'thing' } } } },
    expected: { '2.1': '{server: {metadata: {…}}}' },
  },
  {
    name: 'takes key and value for placeholders of a map',
    parameters: ['extra_specs: object required', 'key: string required', 'value: string required'],
    samples: { 2.1: { extra_specs: { 'hw:cpu_policy': 'shared' } } },
    expected: { '2.1': '{extra_specs: {…}}' },
  },
  {
    name: 'folds lines of one name for different microversions into one member',
    parameters: ['service: object required', 'id: integer required -2.52', 'id: string required 2.53-'],
    samples: { 2.1: { service: { id: 1 } }, 2.53: { service: { id: 'uuid' } } },
    expected: { '2.1': '{service: {id@2.1-2.52: integer}}', '2.53': '{service: {id@2.53-: string}}' },
  },
  {
    name: 'leaves members out before and after their microversions',
    parameters: ['thing: object required', 'old: string required -2.9', 'new: string required 2.10-'],
    samples: { 2.1: { thing: { old: 'x' } }, '2.10': { thing: { new: 'y' } } },
    expected: { '2.1': '{thing: {old@2.1-2.9: string}}', '2.10': '{thing: {new@2.10-: string}}' },
  },
  {
    name: 'allows null where a sample or the prose does',
    parameters: ['thing: object required', 'seen: string required', 'said: string required nullable'],
    samples: { 2.1: { thing: { seen: null, said: 'x' } } },
    expected: { '2.1': '{thing: {seen: string|null, said: string|null}}' },
  },
  {
    name: 'lets the sample win over the text for objects and arrays',
    parameters: ['thing: string required', 'name: string required'],
    samples: { 2.1: { thing: { name: 'x' } } },
    expected: { '2.1': '{thing: {name: string}}' },
    diagnostics: ['sample-type-differs'],
  },
  {
    name: 'allows both types where text and sample differ about a plain value',
    parameters: ['thing: object required', 'port: string required'],
    samples: { 2.1: { thing: { port: 22 } } },
    expected: { '2.1': '{thing: {port: string or integer}}' },
    diagnostics: ['sample-type-differs'],
  },
  {
    name: 'allows a word beside a list where samples show both',
    parameters: ['server: object required', 'networks: array required', 'uuid: string'],
    samples: { 2.1: { server: { networks: [{ uuid: 'u' }] } }, 2.37: { server: { networks: 'auto' } } },
    expected: {
      '2.1': '{server: {networks@2.1-2.36: [{uuid?: string}]}}',
      '2.37': '{server: {networks@2.37-: [{uuid?: string}] or string}}',
    },
    diagnostics: ['sample-type-differs'],
  },
  {
    name: 'accepts a whole number for a float',
    parameters: ['thing: object required', 'usage: float required'],
    samples: { 2.1: { thing: { usage: 1 } } },
    expected: { '2.1': '{thing: {usage: number}}' },
  },
  {
    name: 'reads kinds of texts as texts',
    parameters: [
      'when: datestamp required',
      'until: timestamp required',
      'host: hostname required',
      'zone: domainname',
    ],
    samples: { 2.1: { when: 'x', until: 'x', host: 'x', zone: null } },
    expected: { '2.1': '{when: string, until: string, host: string, zone?: string|null}' },
  },
  {
    name: 'reads none as null',
    parameters: ['pause: none required'],
    samples: { 2.1: { pause: null } },
    expected: { '2.1': '{pause: null}' },
  },
  {
    name: 'opens an object of which a sample shows an undocumented key',
    parameters: ['thing: object required', 'name: string required'],
    samples: { 2.1: { thing: { name: 'x', surprise: 1 } } },
    expected: { '2.1': '{thing: {name: string, surprise?: integer, …}}' },
    diagnostics: ['undocumented-member'],
  },
  {
    name: 'makes the container that only its members tell of',
    parameters: ['name: string required'],
    samples: { 2.1: { thing: { name: 'x' } } },
    expected: { '2.1': '{thing: {name: string}}' },
    diagnostics: ['undocumented-container'],
  },
  {
    name: 'does not require a container none of whose members has to be there',
    parameters: ['name: string'],
    samples: { 2.1: { thing: { name: 'x' } } },
    expected: { '2.1': '{thing?: {name?: string}}' },
    diagnostics: ['undocumented-container'],
  },
  {
    name: 'places what no sample shows by its dotted name',
    parameters: ['server: object required', 'fault: object', 'fault.code: integer required'],
    samples: { 2.1: { server: { fault: {} } } },
    expected: { '2.1': '{server: {fault?: {code: integer}}}' },
  },
  {
    name: 'places what no sample shows beside the name before it, closed where only one place is possible',
    parameters: ['thing: object required', 'name: string required', 'rare: string required'],
    samples: { 2.1: { thing: { name: 'x' } } },
    expected: { '2.1': '{thing: {name: string, rare?: string}}' },
    diagnostics: ['inferred-place'],
  },
  {
    name: 'opens every object in which a name might stand',
    parameters: ['thing: object required', 'part: object required', 'size: integer required', 'rare: string required'],
    samples: { 2.1: { thing: { part: { size: 1 } } } },
    expected: { '2.1': '{thing: {part: {size: integer, rare?: string, …}, …}}' },
    diagnostics: ['inferred-place'],
  },
  {
    name: 'places what no sample shows between two names of one object in that object',
    parameters: [
      'things: array required',
      'name: string required',
      'rare: object',
      'rare.code: integer required',
      'size: integer required',
      'things_links: array',
    ],
    samples: { 2.1: { things: [{ name: 'x', size: 1 }], things_links: [] } },
    expected: { '2.1': '{things: [{name: string, rare?: {code: integer}, size: integer}], things_links?: [any]}' },
    diagnostics: ['inferred-place'],
  },
  {
    name: 'does not place a name in an object of which samples show keys, and the list none',
    parameters: ['thing: object required', 'part: object required', 'rare: string required', 'size: integer required'],
    samples: { 2.1: { thing: { part: { used: 1 }, size: 1 } } },
    expected: { '2.1': '{thing: {part: {…}, rare?: string, size: integer}}' },
    diagnostics: ['inferred-place'],
  },
  {
    name: 'knows the name of a sample by its words, one of them in the other number',
    parameters: ['things: array required', 'name: string required', 'thing_links: array required'],
    samples: { 2.1: { things: [{ name: 'x' }], things_links: [] } },
    expected: { '2.1': '{things: [{name: string}], things_links: [any]}' },
  },
  {
    name: 'allows the type of an older sample where that sample stands, and not later',
    parameters: ['thing: object required', 'size: integer required', 'place: object required'],
    samples: {
      2.1: { thing: { size: '', place: '{}' } },
      2.5: { thing: { size: 1, place: { a: 1 } } },
      2.9: { thing: { size: 2, place: { a: 1 } } },
    },
    expected: {
      '2.1': '{thing: {size@2.1-2.4: integer or string, place@2.1-2.4: string}}',
      '2.5': '{thing: {size@2.5-: integer, place@2.5-: {…}}}',
    },
    diagnostics: ['sample-type-differs'],
  },
  {
    name: 'allows a word beside a list from the sample that shows it on',
    parameters: ['thing: object required', 'parts: array required'],
    samples: { 2.1: { thing: { parts: ['a'] } }, 2.5: { thing: { parts: 'auto' } } },
    expected: {
      '2.1': '{thing: {parts@2.1-2.4: [string]}}',
      '2.5': '{thing: {parts@2.5-: [string] or string}}',
    },
    diagnostics: ['sample-type-differs'],
  },
  {
    name: 'opens an object where a sample shows an undocumented key, and not before',
    parameters: ['thing: object required', 'name: string required'],
    samples: {
      2.1: { thing: { name: 'x' } },
      2.5: { thing: { name: 'x', surprise: 1 } },
      2.7: { thing: { name: 'x' } },
    },
    expected: { '2.1': '{thing: {name: string}}', '2.5': '{thing: {name: string, surprise?@2.5-: integer, …}}' },
    diagnostics: ['undocumented-member'],
  },
  {
    name: 'opens an object only where it had another form',
    parameters: ['state: string required 2.5-'],
    samples: { 2.1: { cpu: 1 }, 2.5: { state: 'x' } },
    expected: { '2.1': '{cpu?@2.1-2.4: integer, …}', '2.5': '{state@2.5-: string}' },
    diagnostics: ['undocumented-member'],
  },
  {
    name: 'does not require what the only form of a sample lacks in one of its objects',
    parameters: ['things: array required', 'name: string required', 'size: integer required'],
    samples: { 2.1: { things: [{ name: 'x', size: 1 }, { name: 'y' }] } },
    expected: { '2.1': '{things: [{name: string, size?: integer}]}' },
  },
  {
    name: 'requires what an older form of a sample lacks',
    parameters: ['thing: object required', 'name: string required', 'size: integer required'],
    samples: { 2.1: { thing: { name: 'x' } }, 2.5: { thing: { name: 'x', size: 1 } } },
    expected: { '2.1': '{thing: {name: string, size: integer}}' },
  },
  {
    name: 'leaves samples of other microversions than those of the operation aside',
    parameters: ['state: string required', 'cpu: integer required 2.1-2.4'],
    samples: { 2.1: { state: 'x', cpu: 1 }, 2.5: { state: 'x' } },
    expected: { '2.1': '{state: string, cpu@2.1-2.4: integer}', '2.5': '{state: string}' },
  },
  {
    name: 'says that two places would do',
    parameters: ['thing: object required', 'name: string required'],
    samples: { 2.1: { thing: { a: { name: 'x' }, b: { name: 'y' } } } },
    expected: { '2.1': '{thing: {a?: {name?: string}, b?: {name?: string, …}, …}}' },
    diagnostics: ['ambiguous-place', 'undocumented-container', 'undocumented-member'],
  },
  {
    name: 'allows any value where the type is no type',
    parameters: ['thing: object required', 'odd: whatever required'],
    samples: { 2.1: { thing: {} } },
    expected: { '2.1': '{thing: {odd: any}}' },
    diagnostics: ['inferred-place', 'unknown-type'],
  },
  {
    name: 'opens a body of which samples exist and no parameter',
    parameters: [],
    samples: { 2.1: { thing: 1 } },
    expected: { '2.1': '{thing?: integer, …}' },
    diagnostics: ['body-without-parameters'],
  },
  {
    name: 'reads a body that is a list',
    parameters: ['name: string required'],
    samples: { 2.1: [{ name: 'x' }] },
    expected: { '2.1': '[{name: string}]' },
  },
  {
    name: 'keeps a member named like a part of every object',
    parameters: ['thing: object required', '__proto__: string required', 'constructor: string required'],
    samples: { 2.1: JSON.parse('{"thing": {"__proto__": "x", "constructor": "y"}}') as Json },
    expected: { '2.1': '{thing: {__proto__: string, constructor: string}}' },
  },
];

test.each(rows)('$name', ({ expected, diagnostics = [], ...response }) => {
  const assembly = assembleTiny(response);
  const [operation] = assembly.contract.operations;
  const seen = (operation?.revisions ?? []).map(({ range: { first }, responses: [{ body }] }) => {
    return [`${first.major}.${first.minor}`, body.kind === 'json' ? sketch(body.shape) : body.kind];
  });
  expect(Object.fromEntries(seen)).toEqual(expected);
  expect([...new Set(assembly.diagnostics.map(({ code }) => code))].sort()).toEqual(diagnostics);
});

const proseRows = [
  ['No body is returned on successful request.', 'none'],
  ['A successful reply has no body.', 'none'],
  ['This operation does not return content in the response body.', 'none'],
  ['There is no body content in the reply.', 'none'],
  ['The response body is always empty.', 'none'],
  ['Something else is said here.', 'undocumented'],
] as const;

test.each(proseRows)('a reply described by "%s" is %s', (prose, kind) => {
  const [operation] = assembleTiny({ parameters: [], samples: {}, prose, codes: '202' }).contract.operations;
  expect(operation?.revisions[0].responses[0].body.kind).toBe(kind);
});

test('a reply with 204 has no body whatever the list says', () => {
  const { contract } = assembleTiny({ parameters: ['a: string'], samples: { 2.1: { a: 'x' } }, codes: '200, 204' });
  const kinds = contract.operations[0]?.revisions[0].responses.map(({ status, body }) => [status, body.kind]);
  expect(kinds).toEqual([
    [200, 'json'],
    [204, 'none'],
  ]);
});
