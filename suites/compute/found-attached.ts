/** Attachments that are there already, for runs that make nothing: only ever looked at. */
import { Unreached } from '../../src/conformance/errors.ts';
import { answered, bodyOf, responseOf } from '../../src/conformance/matchers.ts';
import type { Stage } from '../../src/conformance/stage.ts';
import { atPointer, jsonList, jsonText, type Json } from '../../src/json.ts';
import type { Attached } from './attachment.ts';

/** Two attachments of one server of the member's project, or the same twice. @throws Unreached */
export async function foundAttached(stage: Stage): Promise<readonly [Attached, Attached]> {
  const reply = await stage.send({
    service: 'compute',
    method: 'GET',
    path: '/servers/detail',
    purpose: 'preparation',
  });
  const { status } = responseOf(reply);
  const root = 'a server with a volume in the project of the member';
  const list = answered(reply, 200);
  if (!list) throw new Unreached(root, `GET /servers/detail was answered with ${status}.`, reply);
  const [first, second = first] = jsonList(atPointer(bodyOf(list), '/servers')).flatMap(attachedTo);
  if (first && second) return [first, first.server.id === second.server.id ? second : first];
  throw new Unreached(root, 'The project of the member has no server with a volume, and this run makes none.', reply);
}

function attachedTo(server: Json): readonly Attached[] {
  const id = jsonText(atPointer(server, '/id'));
  if (id === undefined) return [];
  return jsonList(atPointer(server, '/os-extended-volumes:volumes_attached')).flatMap((entry) => {
    const volume = jsonText(atPointer(entry, '/id'));
    if (volume === undefined) return [];
    const own = { server: { id, name: jsonText(atPointer(server, '/name')) ?? id } };
    return [{ ...own, volume: { id: volume, name: volume }, device: undefined, tag: undefined }];
  });
}
