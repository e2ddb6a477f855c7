/** Tiny complete references in, what was read out. */
import { describe, expect, test } from 'vitest';
import type { Reference } from '../../src/reference/model.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';
import { edited, HEALTHY, type Files } from './healthy-tree.ts';

const read = (files: Files): Reference => readReference(treeOf(files));
const at = (line: number, column: number) => ({ file: 'servers.inc', line, column });

test('reads an operation whole', () => {
  const { operations } = read(HEALTHY);
  expect(operations).toHaveLength(1);
  expect(operations[0]).toMatchObject({
    title: 'Show a server',
    at: at(9, 1),
    method: 'GET',
    path: '/servers/{server_id}',
    parameters: [
      { side: 'request', name: 'server_id', reference: 'server_id_path', at: at(25, 5), block: 0 },
      { side: 'response', name: 'server', reference: 'server', at: at(32, 5), block: 1 },
      { side: 'response', name: 'name', reference: 'server_name', at: at(33, 5), block: 1 },
    ],
    codes: [
      { kind: 'success', status: 200, at: at(16, 24) },
      { kind: 'error', status: 401, name: 'unauthorized', at: at(18, 23) },
      { kind: 'error', status: 404, name: 'itemNotFound', at: at(18, 42) },
    ],
    paragraphs: [{ text: 'Shows one server.', at: at(14, 1) }],
    samples: [
      {
        side: 'response',
        at: at(37, 1),
        file: 'samples/show-server-resp.json',
        caption: 'Example Show a server',
        sample: { value: { server: { name: 'first' } } },
        variants: [],
      },
    ],
  });
});

test('keeps the text outside of operations with its fragment', () => {
  expect(read(HEALTHY).fragments).toEqual([
    {
      file: 'servers.inc',
      title: 'Servers',
      paragraphs: [{ text: 'Everything about servers.', at: at(7, 1) }],
      notes: [],
      parameters: [],
    },
  ]);
});

test('keeps versions as pairs of integers', () => {
  const { parameterFiles } = read(HEALTHY);
  const name = parameterFiles[0]?.definitions.find(({ key }) => key === 'server_name');
  expect(name).toMatchObject({ in: 'body', type: 'string', required: true, minVersion: { major: 2, minor: 10 } });
});

test('honours merge keys and lets the entry itself win', () => {
  const yaml =
    'a: &a\n  in: body\n  type: string\n  required: true\n  description: A.\nb:\n  <<: *a\n  required: false\n';
  const { parameterFiles } = read(edited('parameters.yaml', 'server_id_path:\n', `${yaml}server_id_path:\n`));
  const b = parameterFiles[0]?.definitions.find(({ key }) => key === 'b');
  expect(b).toMatchObject({ in: 'body', type: 'string', required: false, description: 'A.' });
});

test('reads the fragments in the order of the index, those in it first', () => {
  const { fragments } = read({
    ...HEALTHY,
    'z.inc': 'Z\n=\n',
    'index.rst': '.. include:: z.inc\n.. include:: servers.inc\n',
  });
  expect(fragments.map(({ file }) => file)).toEqual(['index.rst', 'z.inc', 'servers.inc']);
});

test('reads the fragments by name when there is no index', () => {
  const { fragments } = read({ ...HEALTHY, 'a.inc': 'A\n===\n', 'notes.txt': 'Nothing.\n' });
  expect(fragments.map(({ file }) => file)).toEqual(['a.inc', 'servers.inc']);
});

test('looks parameters and samples up in the base where the tree lacks them', () => {
  const tree = treeOf({ 'copy.txt': HEALTHY['servers.inc'] ?? '' });
  const base = Object.fromEntries(Object.entries(HEALTHY).map(([file, text]) => [`api-ref/source/${file}`, text]));
  const { operations, diagnostics } = readReference(tree, { base: treeOf(base, 'api-ref/source') });
  expect(diagnostics).toEqual([]);
  expect(operations[0]?.samples[0]?.file).toBe('api-ref/source/samples/show-server-resp.json');
  expect(operations[0]?.parameters.every(({ definition }) => definition)).toBe(true);
});

test('repeats no file that several fragments name', () => {
  const more = (HEALTHY['servers.inc'] ?? '').replace('.. -*- rst -*-', '');
  expect(read({ ...HEALTHY, 'more.inc': more }).parameterFiles).toHaveLength(1);
});

describe('rest_method', () => {
  test.each([
    { text: '.. rest_method:: GET /servers/{server_id}' },
    { text: '.. rest_method::\n   GET /servers/{server_id}' },
    { text: '.. rest_method::\n\n   GET /servers/{server_id}' },
    { text: '.. rest_method::  GET  /servers/{server_id}' },
  ])('reads $text', ({ text }) => {
    const { operations, diagnostics } = read(edited('servers.inc', '.. rest_method:: GET /servers/{server_id}', text));
    expect(diagnostics).toEqual([]);
    expect(operations[0]).toMatchObject({ method: 'GET', path: '/servers/{server_id}' });
  });

  test('takes versions from its options', () => {
    const files = edited('servers.inc', '{server_id}\n', '{server_id}\n   min_version: 2.7\n   max_version: 2.87\n');
    const versions = { minVersion: { major: 2, minor: 7 }, maxVersion: { major: 2, minor: 87 } };
    expect(read(files).operations[0]).toMatchObject(versions);
  });

  test('keeps a note above it with the operation', () => {
    const files = edited('servers.inc', '.. rest_method::', '.. warning:: Going away.\n\n.. rest_method::');
    expect(read(files).operations[0]?.notes).toEqual([{ kind: 'warning', text: 'Going away.', at: at(12, 1) }]);
  });
});

describe('prose', () => {
  const prose = (text: string) => {
    const [operation] = read(edited('servers.inc', 'Shows one server.', text)).operations;
    return operation?.paragraphs.map((paragraph) => paragraph.text);
  };

  test.each([
    { text: 'One.\nTwo.\n\nThree.', expected: ['One. Two.', 'Three.'] },
    { text: '- One\n  two.\n- Three.', expected: ['One two.', 'Three.'] },
    { text: '* One.\n\n* Two.', expected: ['One.', 'Two.'] },
    { text: '1. One.\n2. Two.', expected: ['One.', 'Two.'] },
    { text: '.. a comment\n   of two lines\n\nOne.', expected: ['One.'] },
    { text: '..\n   A comment.\n\n   More of it.\n\nOne.', expected: ['One.'] },
    { text: '.. _target:\n\nOne.\n\n.. _link: http://example.org', expected: ['One.'] },
    { text: '.. [1] A footnote.', expected: ['A footnote.'] },
    { text: '|\n\nOne.', expected: ['One.'] },
    { text: 'Before\n\n------\n\nafter.', expected: ['Before', 'after.'] },
    { text: 'Such as::\n\n  GET /servers\n\nOne.', expected: ['Such as::', 'GET /servers', 'One.'] },
  ])('reads $text', ({ text, expected }) => {
    expect(prose(text)).toEqual(expected);
  });

  test('marks literal blocks and tables, and takes no border for a heading', () => {
    const table = '+----+----+\n| a  | b  |\n+====+====+\n| 1  | 2  |\n+----+----+';
    const files = edited(
      'servers.inc',
      'Shows one server.',
      `${table}\n\n::\n\n  literal\n\n.. code-block:: none\n\n  code`,
    );
    const { operations, diagnostics } = read(files);
    expect(diagnostics).toEqual([]);
    expect(operations[0]?.paragraphs.map(({ literal }) => literal)).toEqual([true, true, true]);
  });

  test('names the bold line above a paragraph', () => {
    const files = edited('servers.inc', 'Shows one server.', '**Preconditions**\n\n- It exists.');
    expect(read(files).operations[0]?.paragraphs).toEqual([
      { text: 'It exists.', at: at(16, 3), label: 'Preconditions' },
    ]);
  });
});

describe('notes', () => {
  const notes = (text: string) => read(edited('servers.inc', 'Shows one server.', text)).operations[0]?.notes;

  test.each([
    { text: '.. note:: One\n   two.', expected: [['note', 'One two.']] },
    { text: '.. warning::\n\n   One.\n\n   Two.', expected: [['warning', 'One. Two.']] },
    { text: '.. Important::\n\n   One.', expected: [['important', 'One.']] },
    { text: '.. versionadded:: 2.78', expected: [['versionadded', '2.78']] },
    { text: '- An item.\n\n  .. note:: Inside.\n\n- Another.', expected: [['note', 'Inside.']] },
    { text: '.. note:: Forms are\n\n  - one\n\n  or\n\n  - two', expected: [['note', 'Forms are - one or - two']] },
    {
      text: '.. note:: One.\n\n.. tip:: Two.',
      expected: [
        ['note', 'One.'],
        ['tip', 'Two.'],
      ],
    },
  ])('reads $text', ({ text, expected }) => {
    expect(notes(text)?.map(({ kind, text }) => [kind, text])).toEqual(expected);
  });

  test('carry the side that they stand under', () => {
    const files = edited('servers.inc', '**Example', '.. note:: A note.\n\n**Example');
    expect(read(files).operations[0]?.notes[0]?.side).toBe('response');
  });
});

describe('samples', () => {
  const sample = '{"server": null}';

  test('have their forms at other microversions, the oldest first', () => {
    const { operations } = read({
      ...HEALTHY,
      'samples/v2.100/show-server-resp.json': sample,
      'samples/v2.9/show-server-resp.json': sample,
      'samples/vendor/show-server-resp.json': sample,
      'samples/v2.10/other-resp.json': sample,
    });
    const variants = operations[0]?.samples[0]?.variants.map(({ file }) => file);
    expect(variants).toEqual(['samples/v2.9/show-server-resp.json', 'samples/v2.100/show-server-resp.json']);
  });

  test('have the version of their folder and the unversioned form among the others', () => {
    const files = edited('servers.inc', 'samples/show', 'samples/v2.10/show');
    const { operations } = read({ ...files, 'samples/v2.10/show-server-resp.json': sample });
    expect(operations[0]?.samples[0]).toMatchObject({
      version: { major: 2, minor: 10 },
      variants: [{ file: 'samples/show-server-resp.json' }],
    });
  });

  test.each([
    { argument: '/samples/show-server-resp.json', file: 'samples/show-server-resp.json' },
    { argument: '../source/samples/show-server-resp.json', file: 'samples/show-server-resp.json' },
  ])('are found as $argument', ({ argument, file }) => {
    const files = edited('servers.inc', 'samples/show-server-resp.json', argument);
    const moved = Object.fromEntries(Object.entries(files).map(([name, text]) => [`api-ref/source/${name}`, text]));
    const { operations, diagnostics } = readReference(treeOf(moved, 'api-ref/source'));
    expect(diagnostics).toEqual([]);
    expect(operations[0]?.samples[0]?.file).toBe(`api-ref/source/${file}`);
  });

  test('take the caption nearest above, which serves one sample only', () => {
    const again = '\n.. literalinclude:: samples/show-server-resp.json\n';
    const files = { ...HEALTHY, 'servers.inc': `${HEALTHY['servers.inc'] ?? ''}${again}` };
    expect(read(files).operations[0]?.samples.map(({ caption }) => caption)).toEqual([
      'Example Show a server',
      undefined,
    ]);
  });

  test('take their side from the caption when neither name nor heading tells it', () => {
    const file = 'samples/show-server-resp.json';
    const text = (HEALTHY['servers.inc'] ?? '')
      .replace(/Request\n-+\n[^]*?(?=\*\*Example)/, '')
      .replace('a server**', 'a server: JSON response**')
      .replace(file, 'samples/show.json');
    const { operations } = read({ ...HEALTHY, 'servers.inc': text, 'samples/show.json': sample });
    expect(operations[0]?.samples[0]?.side).toBe('response');
  });
});
