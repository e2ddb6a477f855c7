/** Upstream trees of two or three operations, each with sentences and values that an import must leave behind. */
import type { Files } from '../reference/healthy-tree.ts';

export const canary = 'Quokkas guard this sentence.';
export const canaryValue = 'quokka-4711';

export interface Written {
  readonly title: string;
  readonly call: string;
  readonly codes?: string;
}

export const list: Written = { title: 'List Things', call: 'GET /things' };
export const show: Written = { title: 'Show a thing', call: 'GET /things/{thing_id}' };
export const retitled: Written = { ...show, title: 'Get a thing' };

export function treeWith(...operations: readonly Written[]): Files {
  return {
    'things.inc': ['======', 'Things', '======', '', canary, '', ...operations.map(sectionOf)].join('\n'),
    'parameters.yaml': `thing_id:
  description: |
    ${canary}
  in: path
  required: true
  type: string
thing_name:
  description: |
    ${canary} It may be \`\`null\`\`.
  in: body
  required: true
  type: string
  min_version: 2.4
`,
    'samples/thing-resp.json': `{"name": "${canaryValue}", "size": 4711, "id": "6e0f5b1c-1111-4222-8333-444455556666"}\n`,
  };
}

function sectionOf({ title, call, codes = '200' }: Written): string {
  return `${title}
${'='.repeat(title.length)}

.. rest_method:: ${call}

${canary}

.. note:: ${canary}

Normal response codes: ${codes}

Error response codes: unauthorized(401)

Request
-------

.. rest_parameters:: parameters.yaml
${call.includes('{') ? '\n  - thing_id: thing_id\n' : ''}
Response
--------

${canary}

.. rest_parameters:: parameters.yaml

  - name: thing_name

**${canary}**

.. literalinclude:: samples/thing-resp.json
   :language: json
`;
}
