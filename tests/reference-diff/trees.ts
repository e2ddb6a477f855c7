/** Small trees of one operation, to be compared with a changed copy. */
import { compareTrees } from '../../src/reference-diff/compare-trees.ts';
import type { ReferenceDiff } from '../../src/reference-diff/model.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';

export const fragment = `======
Things
======

Change a thing
==============

.. rest_method:: PUT /things/{thing_id}

Changes a thing.

Normal response codes: 200

Error response codes: itemNotFound(404)

Request
-------

.. rest_parameters:: parameters.yaml

  - thing_id: thing_id
  - limit: limit
  - thing: thing
  - name: name

.. literalinclude:: samples/change-req.json
   :language: javascript

Response
--------

.. rest_parameters:: parameters.yaml

  - thing: thing
  - name: name
  - size: size

.. literalinclude:: samples/change-resp.json
   :language: javascript
`;

const definition = (key: string, place: string, required: boolean, type: string, more = ''): string =>
  `${key}:\n  description: |\n    About ${key}.\n  in: ${place}\n  required: ${required}\n  type: ${type}\n${more}`;

export const parameters = [
  definition('thing_id', 'path', true, 'string'),
  definition('limit', 'query', false, 'integer'),
  definition('thing', 'body', true, 'object'),
  definition('name', 'body', true, 'string'),
  definition('size', 'body', true, 'integer', '  min_version: 2.5\n'),
  definition('colour', 'body', false, 'string'),
].join('');

const laterParameters = definition('tag', 'body', true, 'string', '  min_version: 2.9\n');

export const before: Readonly<Record<string, string>> = {
  'things.inc': fragment,
  'parameters.yaml': parameters,
  'samples/change-req.json': '{"thing": {"name": "a"}}',
  'samples/change-resp.json': '{"thing": {"name": "a", "size": 1}}',
};

export type Edit = readonly [file: string, from: string, to: string];

/** Every occurrence is replaced; there must be one. */
export function diffAfter(...edits: readonly Edit[]): ReferenceDiff {
  const after = edits.reduce<Record<string, string>>(
    (files, [file, from, to]) => {
      if (!files[file]?.includes(from)) throw new Error(`"${from}" does not stand in ${file}`);
      return { ...files, [file]: files[file].replaceAll(from, to) };
    },
    { ...before, 'parameters.yaml': `${parameters}${laterParameters}` },
  );
  const side = (name: string, files: Readonly<Record<string, string>>) => ({
    name,
    reference: readReference(treeOf(files)),
  });
  return compareTrees(side('A', { ...before, 'spare.inc': spare }), side('B', { ...after, 'spare.inc': spare }));
}

/** Speaks of the newest microversion that the earlier tree knows, and uses what the first operation does not. */
const spare = `=====
Spare
=====

Show a spare
============

.. rest_method:: GET /spare

Nothing has changed since microversion 2.8.

Normal response codes: 200
`;
