/** One row per kind of change: an edit of a small tree, and what the difference says about it. */
import { expect, test } from 'vitest';
import { changeKinds } from '../../src/reference-diff/change-kinds.ts';
import type { ReferenceDiff } from '../../src/reference-diff/model.ts';
import { diffAfter, type Edit } from './trees.ts';

const INC = 'things.inc';
const YAML = 'parameters.yaml';
const RESP = 'samples/change-resp.json';
const REQ = 'samples/change-req.json';

const lines = ({ operations }: ReferenceDiff): readonly string[] =>
  operations.flatMap(({ changes }) =>
    changes.map((change) => [change.class, change.kind, change.place, change.range ?? ''].join(' ').trimEnd()),
  );

const inResponse = (name: string): Edit => [INC, '  - size: size\n', `  - size: size\n  - ${name}: ${name}\n`];
const inRequest = (name: string): Edit => [
  INC,
  '  - name: name\n\n.. literalinclude:: samples/change-req',
  `  - name: name\n  - ${name}: ${name}\n\n.. literalinclude:: samples/change-req`,
];

const rows: readonly (readonly [string, readonly Edit[], readonly string[]])[] = [
  ['nothing', [], []],
  [
    'an optional member of the request',
    [inRequest('colour'), [REQ, '"a"', '"a", "colour": "b"']],
    ['compatible request-field-added /thing/colour 2.4-', 'text sentence-added'],
  ],
  [
    'a member of the response',
    [inResponse('colour'), [RESP, '"a"', '"a", "colour": "b"']],
    ['compatible response-field-added /thing/colour 2.4-', 'text sentence-added'],
  ],
  [
    'a member of the response at a new microversion',
    [inResponse('tag'), [RESP, '"a"', '"a", "tag": "b"']],
    ['compatible response-field-added /thing/tag 2.9-', 'text sentence-added'],
  ],
  [
    'a required member of the request at a new microversion',
    [inRequest('tag'), [REQ, '"a"', '"a", "tag": "b"']],
    ['compatible request-field-added-required /thing/tag 2.9-', 'text sentence-added'],
  ],
  [
    'a member removed from the response',
    [
      [INC, '  - size: size\n', ''],
      [RESP, ', "size": 1', ''],
    ],
    ['breaking response-field-removed /thing/size 2.5-', 'text sentence-removed'],
  ],
  [
    'a member that became optional on both sides',
    [[YAML, 'About name.\n  in: body\n  required: true', 'About name.\n  in: body\n  required: false']],
    ['compatible request-field-optional /thing/name 2.4-', 'breaking response-field-optional /thing/name 2.4-'],
  ],
  [
    'another type',
    [
      [
        YAML,
        'About size.\n  in: body\n  required: true\n  type: integer',
        'About size.\n  in: body\n  required: true\n  type: string',
      ],
      [RESP, '"size": 1', '"size": "1"'],
    ],
    ['breaking response-type-other /thing/size 2.5-'],
  ],
  [
    'a member that may be null',
    [[RESP, '"size": 1', '"size": null']],
    ['breaking response-type-wider /thing/size 2.5-'],
  ],
  [
    'another success code',
    [[INC, 'codes: 200', 'codes: 202']],
    ['breaking success-code-added status 202 2.4-', 'breaking success-code-removed status 200 2.4-'],
  ],
  [
    'another success code from a new microversion on',
    [[INC, 'codes: 200', 'codes: 200 (microversions 2.1 - 2.8), 202 (microversion 2.9 - )']],
    ['compatible success-code-added status 202 2.9-', 'compatible success-code-removed status 200 2.9-'],
  ],
  [
    'an error code more',
    [[INC, 'itemNotFound(404)', 'itemNotFound(404), conflict(409)']],
    ['breaking error-code-added status 409 2.4-'],
  ],
  [
    'an error code less',
    [[INC, 'Error response codes: itemNotFound(404)\n', '']],
    ['compatible error-code-removed status 404 2.4-'],
  ],
  [
    'a query parameter less',
    [[INC, '  - limit: limit\n', '']],
    ['breaking parameter-removed query limit 2.4-', 'text sentence-removed'],
  ],
  [
    'a query parameter that is any text',
    [[YAML, 'in: query\n  required: false\n  type: integer', 'in: query\n  required: false\n  type: string']],
    ['compatible parameter-type-wider query limit 2.4-'],
  ],
  [
    'another name in the path',
    [
      [INC, 'thing_id: thing_id', 'id: thing_id'],
      [INC, '{thing_id}', '{id}'],
    ],
    ['text path-parameter-renamed path id'],
  ],
  [
    'another title',
    [[INC, 'Change a thing\n==============', 'Alter a thing\n=============']],
    ['text operation-renamed'],
  ],
  ['another method', [[INC, 'PUT /things', 'PATCH /things']], ['breaking operation-moved']],
  [
    'an operation that has another call and another title',
    [
      [INC, 'PUT /things/{thing_id}', 'PUT /objects/{thing_id}'],
      [INC, 'Change a thing\n==============', 'Alter a thing\n============='],
    ],
    ['compatible operation-added', 'breaking operation-removed'],
  ],
  [
    'an end of the operation',
    [[INC, '{thing_id}\n', '{thing_id}\n   max_version: 2.6\n']],
    ['breaking operation-absent  2.7-'],
  ],
  ['a sentence', [[INC, 'Changes a thing.', 'Alters a thing.']], ['text sentence-added', 'text sentence-removed']],
];

test.each(rows)('classes %s', (_, edits, expected) => {
  expect(lines(diffAfter(...edits))).toEqual(expected);
});

test('a change of a new microversion is marked as one', () => {
  const [change] = diffAfter(inResponse('tag'), [RESP, '"a"', '"a", "tag": "b"']).operations[0]?.changes ?? [];
  expect(change).toMatchObject({ kind: 'response-field-added', isNewMicroversion: true });
});

test('every kind says its class and its words', () => {
  for (const entry of Object.values(changeKinds)) {
    expect(['breaking', 'compatible', 'text']).toContain(entry.class);
    expect(entry.words).toMatch(/^[a-z]/);
  }
});
