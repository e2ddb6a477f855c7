/** One row per code that only shows when the tree is looked at as a whole: a healthy tree, one slip, what is said. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lintCodes } from '../../src/lint/codes.ts';
import { lintTree } from '../../src/lint/lint-tree.ts';
import { treeOf } from '../../src/reference/tree.ts';
import { HEALTHY, type Files } from '../reference/healthy-tree.ts';

const INC = 'servers.inc';
const YAML = 'parameters.yaml';
const SAMPLE = 'samples/v2.10/show-server-resp.json';

/** A healthy tree whose sample says its version, so that nothing at all is wrong. */
const healthy: Files = {
  [INC]: (HEALTHY[INC] ?? '').replace('samples/show', 'samples/v2.10/show'),
  [YAML]: (HEALTHY[YAML] ?? '').replace('2.10', '"2.10"'),
  [SAMPLE]: HEALTHY['samples/show-server-resp.json'] ?? '',
};

const edit = (...edits: readonly (readonly [string, string, string])[]): Files =>
  edits.reduce<Files>((files, [file, from, to]) => {
    const pieces = (files[file] ?? '').split(from);
    if (pieces.length !== 2) throw new Error(`"${from}" stands ${pieces.length - 1} times in ${file}`);
    return { ...files, [file]: pieces.join(to) };
  }, healthy);

const rows: readonly { readonly mistake: string; readonly files: Files; readonly expected: readonly string[] }[] = [
  { mistake: 'nothing', files: healthy, expected: [] },
  {
    mistake: 'a version that ends in 0 without quotes',
    files: { ...healthy, [YAML]: (healthy[YAML] ?? '').replace('"2.10"', '2.10') },
    expected: ['parameters.yaml:19:16 info unquoted-version'],
  },
  {
    mistake: 'a definition that nobody lists',
    files: edit([
      YAML,
      'server_name:',
      'spare:\n  description: |\n    A spare.\n  in: body\n  required: true\n  type: string\nserver_name:',
    ]),
    expected: ['parameters.yaml:13:1 warning unused-definition'],
  },
  {
    mistake: 'two definitions that say the same',
    files: edit(
      [
        YAML,
        'server:\n',
        'flavor:\n  description: |\n    A server.\n  in: body\n  required: true\n  type: object\nserver:\n',
      ],
      [INC, '  - server: server\n', '  - server: server\n  - flavor: flavor\n'],
      [SAMPLE, '"first"', '"first", "flavor": {}'],
    ),
    expected: ['parameters.yaml:13:1 info identical-definition'],
  },
  {
    mistake: 'a name listed twice',
    files: edit([INC, '  - name: server_name\n', '  - name: server_name\n  - name: server_name\n']),
    expected: ['servers.inc:33:5 warning ambiguous-place', 'servers.inc:34:5 warning listed-twice'],
  },
  {
    mistake: 'a name with two definitions for the same microversions',
    files: edit(
      [INC, '  - name: server_name\n', '  - name: server_name\n  - name: nick\n'],
      [
        YAML,
        'server_name:',
        'nick:\n  description: |\n    Another name.\n  in: body\n  required: true\n  type: string\nserver_name:',
      ],
    ),
    expected: ['servers.inc:33:5 warning ambiguous-place', 'servers.inc:34:5 warning shadowed-parameter'],
  },
  {
    mistake: 'a name that changes its type between the sides',
    files: edit(
      [INC, 'GET /servers/{server_id}', 'PUT /servers/{server_id}'],
      [INC, '  - server_id: server_id_path\n', '  - server_id: server_id_path\n  - name: number\n'],
      [
        YAML,
        'server_name:',
        'number:\n  description: |\n    A number.\n  in: body\n  required: true\n  type: integer\nserver_name:',
      ],
    ),
    expected: ['servers.inc:9:1 warning body-without-sample', 'servers.inc:34:5 info contradictory-types'],
  },
  {
    mistake: 'a name that the sample spells otherwise',
    files: edit(
      [INC, '  - name: server_name\n', '  - display_nmae: server_name\n'],
      [SAMPLE, '"name"', '"display_name"'],
    ),
    expected: ['servers.inc:33:5 warning misspelt-parameter'],
  },
  {
    mistake: 'a body definition in the path',
    files: edit([YAML, '  in: path', '  in: body']),
    expected: ['servers.inc:25:5 warning path-parameter-place'],
  },
  {
    mistake: 'an optional name in the path',
    files: edit([YAML, '  in: path\n  required: true', '  in: path\n  required: false']),
    expected: ['servers.inc:25:5 warning optional-path-parameter'],
  },
  {
    mistake: 'a path definition in the reply',
    files: edit([INC, '  - name: server_name\n', '  - name: server_name\n  - server_id: server_id_path\n']),
    expected: ['servers.inc:34:5 warning response-parameter-place'],
  },
  {
    mistake: 'a body parameter of a GET',
    files: edit([INC, '  - server_id: server_id_path\n', '  - server_id: server_id_path\n  - server: server\n']),
    expected: ['servers.inc:26:5 warning body-of-bodiless'],
  },
  {
    mistake: 'a required field that the sample lacks',
    files: { ...healthy, [SAMPLE]: '{"server": {}}' },
    expected: ['servers.inc:33:5 info inferred-place', 'servers.inc:37:1 warning sample-lacks-field'],
  },
  {
    mistake: 'a required field that one of two samples lacks',
    files: {
      ...healthy,
      [INC]: `${healthy[INC] ?? ''}\n.. literalinclude:: samples/v2.11/show-server-resp.json\n   :language: javascript\n`,
      'samples/v2.11/show-server-resp.json': '{"server": {}}',
    },
    expected: ['servers.inc:40:1 warning sample-lacks-field'],
  },
  {
    mistake: 'a field before its first microversion',
    files: edit([YAML, '"2.10"', '"2.11"']),
    expected: ['servers.inc:33:5 warning sample-field-version'],
  },
  {
    mistake: 'a caption of another version',
    files: { ...healthy, [INC]: (healthy[INC] ?? '').replace('Show a server**', 'Show a server (v2.11)**') },
    expected: ['servers.inc:37:1 warning sample-caption-version'],
  },
  {
    mistake: 'a sample beyond the last microversion of the operation',
    files: {
      ...healthy,
      [INC]: (healthy[INC] ?? '').replace('{server_id}\n', '{server_id}\n   max_version: 2.9\n'),
    },
    expected: ['servers.inc:34:5 warning never-applies', 'servers.inc:38:1 warning sample-outside-operation'],
  },
  {
    mistake: 'several normal codes without their microversions',
    files: edit([INC, 'codes: 200', 'codes: 200, 202']),
    expected: ['servers.inc:16:24 info undivided-codes'],
  },
  {
    mistake: 'a code that is called otherwise elsewhere',
    files: {
      ...healthy,
      'more.inc': ['One', 'Two', 'Three', 'Four']
        .map((title, index) => {
          const name = index === 3 ? 'notfound' : 'itemNotFound';
          return `${title}\n=====\n\n.. rest_method:: GET /${title}\n\nNormal response codes: 200\n\nError response codes: ${name}(404)\n\n`;
        })
        .join(''),
    },
    expected: ['more.inc:35:23 info status-name-spelling'],
  },
];

test.each(rows)('tells $slip', ({ files, expected }) => {
  const { diagnostics } = lintTree(treeOf(files));
  expect(diagnostics.map(({ at, severity, code }) => `${at.file}:${at.line}:${at.column} ${severity} ${code}`)).toEqual(
    expected,
  );
});

const sources = ['src', 'src/reference', 'src/lint'].flatMap((folder) => {
  const path = join(import.meta.dirname, '../..', folder);
  return readdirSync(path)
    .filter((name) => name.endsWith('.ts') && (folder !== 'src' || /^(?:plain-)?yaml/.test(name)))
    .map((name) => readFileSync(join(path, name), 'utf8'));
});

test('every code that stands in a source of reader or lint has its sentence', () => {
  const known = new Set(lintCodes.map(({ code }) => code));
  const said = sources.flatMap((text) => [...text.matchAll(/code: (?:\w+ \? )?'([a-z-]+)'(?: : '([a-z-]+)')?/g)]);
  const codes = said.flatMap(([, one, other]) => [one ?? [], other ?? []].flat());
  expect(codes.length).toBeGreaterThan(60);
  expect(codes.filter((code) => !known.has(code) && code !== 'yaml-value' && code !== 'missing-key')).toEqual([]);
});

test('codes are told once each, with a sentence that ends', () => {
  const codes = lintCodes.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(lintCodes.filter(({ sentence }) => !/^[A-Z].*\.$/.test(sentence))).toEqual([]);
});
