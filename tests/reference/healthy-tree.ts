/** A tiny complete reference without a single slip, and ways to damage it. */
export type Files = Readonly<Record<string, string>>;

export const HEALTHY: Files = {
  'servers.inc': `.. -*- rst -*-

=========
 Servers
=========

Everything about servers.

Show a server
=============

.. rest_method:: GET /servers/{server_id}

Shows one server.

Normal response codes: 200

Error response codes: unauthorized(401), itemNotFound(404)

Request
-------

.. rest_parameters:: parameters.yaml

  - server_id: server_id_path

Response
--------

.. rest_parameters:: parameters.yaml

  - server: server
  - name: server_name

**Example Show a server**

.. literalinclude:: samples/show-server-resp.json
   :language: javascript
`,
  'parameters.yaml': `server_id_path:
  description: |
    The UUID of the server.
  in: path
  required: true
  type: string
server:
  description: |
    A server.
  in: body
  required: true
  type: object
server_name:
  description: |
    The name.
  in: body
  required: true
  type: string
  min_version: 2.10
`,
  'samples/show-server-resp.json': '{"server": {"name": "first"}}\n',
};

/** The tree with one text replaced in one file; the text must be there exactly once. */
export function edited(file: string, from: string, to: string): Files {
  const text = HEALTHY[file] ?? '';
  const pieces = text.split(from);
  if (pieces.length !== 2) throw new Error(`"${from}" stands ${pieces.length - 1} times in ${file}`);
  return { ...HEALTHY, [file]: pieces.join(to) };
}

/** The tree with one operation more, in a file of its own. */
export function withFragment(text: string, more: Files = {}): Files {
  return { ...HEALTHY, ...more, 'more.inc': text };
}
