/** Ids that would change a path, a line or a command, and ids of things that are not ours. */
import assert from 'node:assert/strict';
import { alters, answer, withBody } from '../conducts.ts';
import type { Asked, Misbehaviour, Response } from '../misbehaviour.ts';
import { creates, deletes, serverCreates } from '../places.ts';

const undecided = { codes: [2], cases: ['inconclusive', 'error', 'not-attempted'] } as const;

const odd: Readonly<Record<string, string>> = {
  slash: 'a/b',
  up: '..',
  'up-and-over': '../flavors/42',
  dot: '.',
  'encoded-dots': '%2e%2e',
  query: 'x?all_tenants=1',
  fragment: 'x#y',
  nul: 'x\0y',
  newline: 'x\r\nHost: evil.test\r\n\r\nDELETE / HTTP/1.1',
  long: 'x'.repeat(1_000_000),
  empty: '',
  backslash: '..\\..\\x',
  shell: '$(touch /tmp/osc-pwned);`id`',
  option: '--all',
  'letters-of-elsewhere': 'ａ／ｂ\u202e',
};

/** Creates what is asked and hands out another id for it. */
function withId(id: (response: Response, asked: Asked) => string): Misbehaviour['respond'] {
  return alters((response, asked) => {
    if (response.status >= 300) return response;
    const body = JSON.parse(response.body.toString()) as Record<string, object>;
    const changed = Object.entries(body).map(([key, thing]) => [key, { ...thing, id: id(response, asked) }]);
    return withBody(response, JSON.stringify(Object.fromEntries(changed)));
  });
}

const precious = 'precious-0000';
let preciousId = '';

export const ids: readonly Misbehaviour[] = [
  ...Object.entries(odd).map(([name, id]): Misbehaviour => ({
    id: `id-${name}`,
    does: `hands out an id that holds ${name.replaceAll('-', ' ')}`,
    where: creates,
    respond: withId(() => id),
    expected: undecided,
  })),
  {
    id: 'id-number',
    does: 'hands out numbers as ids',
    where: creates,
    respond: () => answer(202, '{"server": {"id": 7}, "volume": {"id": 7}}'),
    expected: undecided,
  },
  {
    id: 'id-of-another-server',
    does: 'hands out the id of a server that is not of this run',
    where: serverCreates,
    respond: withId(() => preciousId),
    expected: undecided,
    prepare: async ({ send }) => {
      const images = JSON.parse((await send('GET', '/image/v2/images')).body) as { images: { id: string }[] };
      const server = { name: precious, flavorRef: '42', imageRef: images.images[0]?.id };
      const made = await send('POST', '/compute/v2.1/servers', { server });
      preciousId = (JSON.parse(made.body) as { server?: { id: string } }).server?.id ?? '';
      assert.notEqual(preciousId, '', made.body);
    },
    inspect: async ({ send }) => {
      const seen = await send('GET', `/compute/v2.1/servers/${preciousId}`);
      assert.equal(seen.status, 200, 'the server of somebody else is gone');
      assert.match(seen.body, /"os-extended-volumes:volumes_attached": ?\[\]/);
    },
  },
  {
    id: 'delete-does-nothing',
    does: 'answers 204 to DELETE and deletes nothing',
    where: deletes,
    respond: () => answer(204),
    expected: { codes: [2], says: /left|behind/i },
  },
  {
    id: 'delete-refused',
    does: 'answers 403 to every DELETE',
    where: deletes,
    respond: () => answer(403, '{"forbidden": {"code": 403, "message": "no"}}'),
    expected: { codes: [2], says: /left|behind/i },
  },
];
