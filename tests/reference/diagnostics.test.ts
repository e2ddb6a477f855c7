/** One row per diagnostic: a healthy tree, one slip, and the code and place of what is said about it. */
import { expect, test } from 'vitest';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';
import { edited, HEALTHY, type Files } from './healthy-tree.ts';

interface Row {
  readonly mistake: string;
  readonly files: Files;
  readonly expected: readonly string[];
}

const INC = 'servers.inc';
const YAML = 'parameters.yaml';
const SAMPLE = 'samples/show-server-resp.json';

const unreachable = 'servers.inc:1:1 warning unreachable-fragment';

const row = (
  mistake: string,
  [file, from, to]: readonly [string, string, string],
  ...expected: readonly string[]
): Row => ({
  mistake,
  files: edited(file, from, to),
  expected,
});

const rows: readonly Row[] = [
  { mistake: 'nothing at all', files: HEALTHY, expected: [] },
  { mistake: 'an empty tree', files: {}, expected: ['.:1:1 error empty-tree'] },

  // The text as such
  row('a byte order mark', [INC, '.. -*-', '\uFEFF.. -*-'], 'servers.inc:1:1 warning byte-order-mark'),
  row('carriage returns', [INC, 'about servers.\n', 'about servers.\r\n'], 'servers.inc:7:26 warning carriage-return'),
  row('a tab', [INC, '  - name:', '\t- name:'], 'servers.inc:33:1 warning tab-indentation'),
  row('a byte that is not UTF-8', [INC, 'Shows one', 'Shows \uFFFDne'], 'servers.inc:14:7 warning not-utf-8'),
  row(
    'a merge that was not finished',
    [INC, 'Shows one server.', '<<<<<<< HEAD\nShows one.\n=======\nShows a server.\n>>>>>>> more'],
    'servers.inc:14:1 error conflict-marker',
  ),
  row('a binary sample', [SAMPLE, '"first"', '\0'], 'servers.inc:37:21 error unreadable-file'),

  // Headings
  row('a short adornment', [INC, '=============', '========'], 'servers.inc:10:1 warning short-adornment'),
  row('a lost underline', [INC, ' Servers\n=========', ' Servers'], 'servers.inc:3:1 error stray-adornment'),
  row(
    'a title that is indented',
    [INC, 'Show a server\n', ' Show a server\n'],
    'servers.inc:9:2 warning indented-heading',
  ),
  row(
    'another adornment',
    [INC, 'Response\n--------', 'Other\n-----\n\nDeep\n~~~~\n\nOdd\n""""\n\nBack\n----\n\nResponse\n........'],
    'servers.inc:39:1 warning inconsistent-heading',
  ),
  row(
    'a section that is named like a side',
    [INC, 'Show a server\n=============\n', 'Response (v2.10)\n================\n'],
    'servers.inc:12:1 error method-without-heading',
  ),
  row(
    'a second method in a section',
    [INC, 'Request\n-------', '.. rest_method:: HEAD /servers\n\nRequest\n-------'],
    'servers.inc:12:31 warning path-parameter-unlisted',
    'servers.inc:20:1 error method-without-heading',
    'servers.inc:20:1 warning no-codes',
    'servers.inc:27:5 warning path-parameter-surplus',
  ),

  // rest_method
  row(
    'no method at all',
    [INC, '.. rest_method:: GET /servers/{server_id}\n', ''],
    'servers.inc:9:1 error section-without-method',
  ),
  row('an empty rest_method', [INC, ' GET /servers/{server_id}', ''], 'servers.inc:12:1 error method-without-path'),
  row(
    'a method without a path',
    [INC, 'GET /servers/{server_id}', 'GET'],
    'servers.inc:12:18 error method-without-path',
  ),
  row('an unknown method', [INC, 'GET /servers', 'FETCH /servers'], 'servers.inc:12:18 error unknown-method'),
  row('a method in small letters', [INC, 'GET /servers', 'get /servers'], 'servers.inc:12:18 warning method-case'),
  row('a path without a slash', [INC, 'GET /servers', 'GET servers'], 'servers.inc:12:22 warning path-without-slash'),
  row('a blank in a path', [INC, '/{server_id}', '/{server_id} /x'], 'servers.inc:12:42 warning blank-in-path'),
  row('an unclosed brace', [INC, '{server_id}', '{server_id'], 'servers.inc:12:31 error unclosed-brace'),
  row('a brace that was not opened', [INC, '{server_id}', 'server_id}'], 'servers.inc:12:40 error unclosed-brace'),
  row(
    'a bad option',
    [INC, '{server_id}\n', '{server_id}\n   max_version: latest\n'],
    'servers.inc:13:17 error bad-version',
  ),
  row(
    'options upside down',
    [INC, '{server_id}\n', '{server_id}\n   min_version: 2.10\n   max_version: 2.9\n'],
    'servers.inc:12:18 error range-upside-down',
  ),
  row(
    'a path parameter that is not listed',
    [INC, '{server_id}', '{server_id}/{tag}'],
    'servers.inc:12:43 warning path-parameter-unlisted',
  ),
  row(
    'a path parameter too many',
    [INC, '/servers/{server_id}', '/servers'],
    'servers.inc:25:5 warning path-parameter-surplus',
  ),
  row(
    'the same title twice',
    [
      INC,
      'Everything about servers.\n',
      'Show a server\n=============\n\n.. rest_method:: GET /\n\nNormal response codes: 200\n\nError response codes: gone(410)\n',
    ],
    'servers.inc:16:1 warning repeated-title',
  ),

  // rest_parameters
  row(
    'no file name',
    [INC, 'parameters.yaml\n\n  - server_id', '\n\n  - server_id'],
    'servers.inc:23:1 error empty-argument',
  ),
  row(
    'a missing file',
    [INC, 'parameters.yaml\n\n  - server_id', 'params.yaml\n\n  - server_id'],
    'servers.inc:23:22 error missing-file',
  ),
  row('an undefined parameter', [INC, 'server_id_path', 'server_id_pth'], 'servers.inc:25:5 error undefined-parameter'),
  row('an item without a reference', [INC, '- name: server_name', '- name'], 'servers.inc:33:5 error malformed-item'),
  row(
    'an item without a blank',
    [INC, '- name: server_name', '- name:server_name'],
    'servers.inc:33:3 error malformed-item',
  ),
  row(
    'an item without a dash',
    [INC, '- name: server_name', '-name: server_name'],
    'servers.inc:33:3 error malformed-item',
  ),
  row(
    'several pairs in an item',
    [INC, '- name: server_name', '  name: server_name'],
    'servers.inc:33:5 warning several-pairs',
  ),
  row(
    'a list of nothing',
    [INC, '\n  - server: server\n  - name: server_name\n', ''],
    'servers.inc:30:1 warning empty-list',
  ),
  row(
    'lost indentation',
    [INC, '  - server: server\n  - name', '- server: server\n- name'],
    'servers.inc:32:1 warning lost-indentation',
  ),
  row(
    'neither request nor response',
    [INC, 'Request\n-------\n\n', ''],
    'servers.inc:20:1 warning parameters-without-side',
  ),

  // Response codes
  row(
    'no codes at all',
    [INC, 'Normal response codes: 200\n\nError response codes: unauthorized(401), itemNotFound(404)\n', ''],
    'servers.inc:9:1 warning no-codes',
  ),
  row('no normal codes', [INC, 'Normal response codes: 200\n', ''], 'servers.inc:9:1 warning no-success-codes'),
  row(
    'no error codes',
    [INC, 'Error response codes: unauthorized(401), itemNotFound(404)\n', ''],
    'servers.inc:9:1 info no-error-codes',
  ),
  row(
    'a label without codes',
    [INC, 'codes: 200', 'codes:'],
    'servers.inc:9:1 warning no-success-codes',
    'servers.inc:16:23 error empty-statement',
  ),
  row(
    'a misspelt label',
    [INC, 'Normal response codes', 'Normal reponse codes'],
    'servers.inc:9:1 warning no-success-codes',
    'servers.inc:16:1 error misspelt-label',
  ),
  row('an item that is no code', [INC, 'unauthorized(401)', 'unauthorized'], 'servers.inc:18:23 error unreadable-code'),
  row('the reason after a code', [INC, 'itemNotFound(404)', 'itemNotFound(404) if it is gone']),
  row('a missing comma', [INC, '(401), ', '(401) '], 'servers.inc:18:41 warning missing-comma'),
  row('two digits', [INC, 'codes: 200', 'codes: 200, 41'], 'servers.inc:16:29 error status-out-of-range'),
  row('a code that HTTP lacks', [INC, 'codes: 200', 'codes: 200, 600'], 'servers.inc:16:29 error status-out-of-range'),
  row(
    'an error among the normal codes',
    [INC, 'codes: 200', 'codes: 200, 501'],
    'servers.inc:16:29 warning status-kind',
  ),
  row(
    'a success among the error codes',
    [INC, 'itemNotFound(404)', '404, 204'],
    'servers.inc:18:47 warning status-kind',
  ),
  row(
    'a name of another code',
    [INC, 'itemNotFound(404)', 'conflict(404)'],
    'servers.inc:18:42 warning status-name-mismatch',
  ),
  row(
    'a misspelt name',
    [INC, 'itemNotFound(404)', 'itemNotFoud(404)'],
    'servers.inc:18:42 warning unknown-status-name',
  ),
  row(
    'a range upside down',
    [INC, 'codes: 200', 'codes: 200, 202 (microversions 2.9 - 2.8)'],
    'servers.inc:16:34 error range-upside-down',
  ),
  row(
    'a range that is none',
    [INC, 'codes: 200', 'codes: 200, 202 (or later)'],
    'servers.inc:16:34 error unreadable-range',
  ),
  row(
    'a range with a bad version',
    [INC, 'codes: 200', 'codes: 200, 202 (microversions 2.x - 2.8)'],
    'servers.inc:16:34 error bad-version',
  ),

  // Samples
  row('a missing sample', [INC, 'show-server-resp.json', 'show-resp.json'], 'servers.inc:37:21 error missing-sample'),
  row(
    'a sample outside the tree',
    [INC, 'samples/show-server-resp.json', '../../../etc/passwd-resp'],
    'servers.inc:37:21 error missing-sample',
  ),
  row('no sample name', [INC, ' samples/show-server-resp.json', ''], 'servers.inc:37:1 error empty-argument'),
  row(
    'a sample that is not JSON',
    [SAMPLE, '"first"}', '"first",}'],
    'samples/show-server-resp.json:1:29 error sample-not-json',
  ),
  row(
    'a sample of the other side',
    [INC, 'Response\n--------\n\n', 'Request\n-------\n\n'],
    'servers.inc:37:1 warning sample-side',
  ),

  // Markup
  row(
    'a directive with one colon',
    [INC, '.. literalinclude::', '.. literalinclude:'],
    'servers.inc:37:1 error single-colon',
  ),
  row(
    'a directive without a blank',
    [INC, '.. literalinclude::', '..literalinclude::'],
    'servers.inc:37:1 error directive-without-blank',
  ),
  row(
    'a misspelt directive',
    [INC, '.. literalinclude::', '.. literalinlude::'],
    'servers.inc:37:1 error misspelt-directive',
  ),
  row(
    'an unknown directive',
    [INC, 'Shows one', '.. glossary:: x\n\nShows one'],
    'servers.inc:14:1 info unknown-directive',
  ),
  row(
    'a note that runs on',
    [INC, 'Shows one server.', '.. note:: Shows one\nserver.'],
    'servers.inc:15:1 warning missing-blank-line',
  ),
  row(
    'a commit header',
    [INC, '.. -*- rst -*-', 'commit 1234\n\n.. -*- rst -*-'],
    'servers.inc:1:1 info skipped-header',
  ),

  // Definitions
  row(
    'YAML that is none',
    [YAML, '    A server.', '    A server.\n   It runs.'],
    'parameters.yaml:10:1 error yaml-syntax',
  ),
  row(
    'a definition twice',
    [YAML, 'server:\n', 'server_id_path:\n'],
    'parameters.yaml:7:1 error duplicate-key',
    'servers.inc:32:5 error undefined-parameter',
  ),
  row('a key twice', [YAML, 'in: path', 'in: path\n  in: path'], 'parameters.yaml:5:3 error duplicate-key'),
  row('a misspelt key', [YAML, '  min_version', '  min_versoin'], 'parameters.yaml:19:3 warning misspelt-key'),
  row('an unknown key', [YAML, '  min_version: 2.10', '  minerals: 2.10'], 'parameters.yaml:19:3 warning unknown-key'),
  row(
    'no description',
    [YAML, '  description: |\n    A server.\n', ''],
    'parameters.yaml:7:1 warning missing-description',
  ),
  row('no type', [YAML, '  type: object\n', ''], 'parameters.yaml:7:1 warning missing-type'),
  row('no in', [YAML, '  in: path\n', ''], 'parameters.yaml:1:1 error missing-in'),
  row('an unknown place', [YAML, 'in: path', 'in: cookie'], 'parameters.yaml:4:7 error unknown-place'),
  row('a place in capitals', [YAML, 'in: path', 'in: Path'], 'parameters.yaml:4:7 warning unknown-place'),
  row('an unknown type', [YAML, 'type: object', 'type: obejct'], 'parameters.yaml:12:9 warning unknown-type'),
  row('an unusual type', [YAML, 'type: object', 'type: dict'], 'parameters.yaml:12:9 info unusual-type'),
  row(
    'a bad required',
    [YAML, 'required: true\n  type: object', 'required: maybe\n  type: object'],
    'parameters.yaml:11:13 error bad-required',
  ),
  row(
    'no required',
    [YAML, '  required: true\n  type: object', '  type: object'],
    'parameters.yaml:7:1 info missing-required',
  ),
  row('a bad version', [YAML, '2.10', 'v2.10'], 'parameters.yaml:19:16 error bad-version'),
  row(
    'versions upside down',
    [YAML, '2.10', '2.10\n  max_version: 2.9'],
    'parameters.yaml:19:16 error range-upside-down',
  ),
  row(
    'an unknown alias',
    [YAML, 'type: object', 'type: *object'],
    'parameters.yaml:7:1 warning missing-type',
    'parameters.yaml:12:9 error yaml-alias',
  ),

  // Files that include files
  indexed(
    'a file twice',
    '.. include:: servers.inc\n\n.. include:: servers.inc\n',
    'index.rst:3:14 info included-twice',
  ),
  indexed('a file that is missing', '.. include:: server.inc\n', 'index.rst:1:14 error missing-file', unreachable),
  indexed('an include without a name', '.. include::\n', 'index.rst:1:1 error empty-argument', unreachable),
  indexed('an include of itself', '.. include:: index.rst\n', 'index.rst:1:14 error include-loop', unreachable),

  // Status files
  status('neither success nor error', 'failure status.yaml\n\n  - 404', 'servers.inc:40:1 error status-block-kind'),
  status('no status file', 'error\n\n  - 404', 'servers.inc:40:28 warning empty-argument'),
  status('a missing status file', 'error states.yaml\n\n  - 404', 'servers.inc:40:29 error missing-file'),
  status(
    'a code that the status file lacks',
    'error status.yaml\n\n  - 409',
    'servers.inc:42:5 warning undefined-status',
  ),
  status('an unknown reason', 'error status.yaml\n\n  - 404: gone', 'servers.inc:42:5 warning unknown-reason'),
  status('a word for a code', 'error status.yaml\n\n  - missing', 'servers.inc:42:5 error unreadable-code'),
  {
    mistake: 'a status file without a default',
    files: {
      ...statusFiles('error status.yaml\n\n  - 404: image'),
      'status.yaml': '404:\n  image: |\n    No image.\n999: {}\n',
    },
    expected: ['status.yaml:1:1 warning missing-default', 'status.yaml:4:1 error status-out-of-range'],
  },
];

/** A healthy tree with an index of its own. */
function indexed(mistake: string, index: string, ...expected: readonly string[]): Row {
  return { mistake, files: { ...HEALTHY, 'index.rst': index }, expected };
}

function status(mistake: string, directive: string, expected: string): Row {
  return { mistake, files: statusFiles(directive), expected: [expected] };
}

/** The healthy operation with a `rest_status_code` at its end, in line 40. */
function statusFiles(directive: string): Files {
  const text = `${HEALTHY[INC] ?? ''}\n.. rest_status_code:: ${directive}\n`;
  return { ...HEALTHY, [INC]: text, 'status.yaml': '404:\n  default: |\n    Not found.\n  image: |\n    No image.\n' };
}

test.each(rows)('tells $slip where it stands', ({ files, expected }) => {
  const { diagnostics } = readReference(treeOf(files));
  const told = diagnostics.map(({ at, severity, code }) => `${at.file}:${at.line}:${at.column} ${severity} ${code}`);
  expect(told).toEqual(expected);
});

test('says in every diagnostic what is wrong and what was expected', () => {
  const diagnostics = rows.flatMap(({ files }) => readReference(treeOf(files)).diagnostics);
  for (const { message, expected } of diagnostics) {
    expect(message).not.toMatch(/\.$|\n|undefined/);
    expect(expected).not.toBe('');
  }
});
