/** The forms that the references of other services have, on small trees of our own. */
import { expect, test } from 'vitest';
import { formatRange } from '../../src/microversion.ts';
import type { Reference } from '../../src/reference/model.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';

const PARAMETERS = `backup_id:
  description: The backup.
  in: path
  required: true
  type: string
name:
  description: The name.
  in: body
  required: false
  type: string
`;

const STATUS = `200:
  default: |
    It worked.
401:
  default: |
    Authentication is needed.
  receipt: |
    More authentication is needed.
`;

const read = (files: Readonly<Record<string, string>>, source = ''): Reference => readReference(treeOf(files, source));

test('block storage: method on the next line, codes in lists, versions in headings, documents by toctree', () => {
  const fragment = `Backups (backups)
=================

Show a backup
~~~~~~~~~~~~~

.. rest_method::  GET /v3/{project_id}/backups/{backup_id}

Response codes
--------------

.. rest_status_code:: success ../status.yaml

   - 200

.. rest_status_code:: error ../status.yaml

   - 401

Request Parameters
------------------

.. rest_parameters:: parameters.yaml

   - backup_id: backup_id

Response Example (v3.65)
------------------------

.. literalinclude:: ./samples/backup.json
   :language: javascript
`;
  const { operations, fragments, diagnostics } = read(
    {
      'source/index.rst': '.. toctree::\n   :maxdepth: 2\n\n   v3/index\n',
      'source/v3/index.rst': '.. include:: backups.inc\n',
      'source/v3/backups.inc': fragment,
      'source/v3/parameters.yaml': PARAMETERS,
      'source/v3/samples/backup.json': '{"backup": {}}',
      'source/status.yaml': STATUS,
    },
    'source',
  );
  expect(diagnostics.map(({ code }) => code)).toEqual(['path-parameter-unlisted']);
  expect(fragments.map(({ file }) => file)).toEqual([
    'source/index.rst',
    'source/v3/index.rst',
    'source/v3/backups.inc',
  ]);
  const [operation] = operations;
  expect(operation?.codes).toMatchObject([
    { kind: 'success', status: 200, reason: 'It worked.' },
    { kind: 'error', status: 401, reason: 'Authentication is needed.' },
  ]);
  const sample = operation?.samples[0];
  expect(sample?.side).toBe('response');
  expect(sample?.headingRange && formatRange(sample.headingRange)).toBe('3.65-');
});

test('identity: named reasons, nested headings, files below the including document', () => {
  const fragment = `Authenticate
============

.. rest_method::  GET /v3/auth/{backup_id}

Request
-------

Parameters
~~~~~~~~~~

.. rest_parameters:: federation/auth/parameters.yaml

   - backup_id: backup_id

Response
--------

Parameters
~~~~~~~~~~

.. rest_parameters:: federation/auth/parameters.yaml

   - name: name

Status Codes
~~~~~~~~~~~~

.. rest_status_code:: success status.yaml

   - 200

.. rest_status_code:: error status.yaml

   - 401: receipt
`;
  const { operations, diagnostics } = read({
    'index.rst': '.. include:: federation/auth/auth.inc\n',
    'federation/auth/auth.inc': fragment,
    'federation/auth/parameters.yaml': PARAMETERS,
    'status.yaml': STATUS,
  });
  expect(diagnostics).toEqual([]);
  expect(operations[0]?.parameters.map(({ side, name }) => `${side} ${name}`)).toEqual([
    'request backup_id',
    'response name',
  ]);
  expect(operations[0]?.codes[1]?.reason).toBe('More authentication is needed.');
});

test('placement: microversions in the headings of sides', () => {
  const fragment = `Update
======

.. rest_method:: PUT /backups/{backup_id}

Normal Response Codes: 200

Error response codes: itemNotFound(404)

Request (microversions 1.12 - )
-------------------------------

.. rest_parameters:: parameters.yaml

  - backup_id: backup_id
  - name: name

Request (microversion 1.1 - 1.11)
---------------------------------

.. rest_parameters:: parameters.yaml

  - backup_id: backup_id
`;
  const { operations, diagnostics } = read({ 'a.inc': fragment, 'parameters.yaml': PARAMETERS });
  expect(diagnostics).toEqual([]);
  const uses = operations[0]?.parameters ?? [];
  expect(uses.map(({ name, headingRange }) => `${name} ${headingRange ? formatRange(headingRange) : ''}`)).toEqual([
    'backup_id 1.12-',
    'name 1.12-',
    'backup_id 1.1-1.11',
  ]);
});

test('networking and images: bare numbers, a statement below another, misspelt sub-headings', () => {
  const fragment = `Show
====

.. rest_method:: GET /v2.0/backups/{backup_id}

Normal response codes: 200
Error response codes: 401, 404

Request
-------

.. rest_parameters:: parameters.yaml

  - backup_id: backup_id

Response Paramters
------------------

.. rest_parameters:: parameters.yaml

  - name: name

Response Example
----------------

.. literalinclude:: samples/backup.txt
   :language: javascript
`;
  const files = { 'a.inc': fragment, 'parameters.yaml': PARAMETERS, 'samples/backup.txt': 'HTTP/1.1 200 OK' };
  const { operations, diagnostics } = read(files);
  expect(diagnostics.map(({ code, at }) => `${at.line} ${code}`)).toEqual(['26 sample-is-text']);
  expect(operations[0]?.codes.map(({ status }) => status)).toEqual([200, 401, 404]);
  expect(operations[0]?.parameters.at(-1)?.side).toBe('response');
});

test('other types and misspelt keys are told, and kept as written', () => {
  const yaml = `${PARAMETERS}plain:
  description: A switch.
  in: query
  requried: false
  type: key-only (no value required)
lists:
  description: Lists.
  in: body
  required: false
  type: list of lists
`;
  const fragment = `List
====

.. rest_method:: GET /backups

Normal response codes: 200

Error response codes: 401

Request
-------

.. rest_parameters:: parameters.yaml

  - plain: plain
  - lists: lists
`;
  const { parameterFiles, diagnostics } = read({ 'a.inc': fragment, 'parameters.yaml': yaml });
  expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    'info missing-required',
    'warning misspelt-key',
    'info unusual-type',
    'info unusual-type',
  ]);
  const plain = parameterFiles[0]?.definitions.find(({ key }) => key === 'plain');
  expect(plain).toMatchObject({ required: false, extra: { requried: 'false' }, type: 'key-only (no value required)' });
});
