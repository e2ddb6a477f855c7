/** Finds existing attachments for read-only runs, which create nothing. */
import { Unreached } from '../../src/execution/errors.ts';
import { answered, bodyOf, responseOf } from '../../src/clauses/matchers.ts';
import type { CheckContext } from '../../src/clauses/check-context.ts';
import { atPointer, jsonList, jsonText, type Json } from '../../src/json.ts';
import type { Attached } from './attachment.ts';

/** Finds two attachments of one server of the project of the member, or one twice. @throws Unreached */
export async function findAttachments(ctx: CheckContext): Promise<readonly [Attached, Attached]> {
  const reply = await ctx.send({
    service: 'compute',
    method: 'GET',
    path: '/servers/detail',
    purpose: 'preparation',
  });
  const { status } = responseOf(reply);
  const root = 'a server with a volume in the project of the member';
  const list = answered(reply, 200);
  if (!list) throw new Unreached(root, `GET /servers/detail was answered with ${status}.`, reply);
  const [first, second = first] = jsonList(atPointer(bodyOf(list), '/servers')).flatMap(attachmentsOf);
  if (first && second) return [first, first.server.id === second.server.id ? second : first];
  throw new Unreached(
    root,
    'The project of the member has no server with a volume, and a read-only run creates none. Attach a volume to one.',
    reply,
  );
}

function attachmentsOf(server: Json): readonly Attached[] {
  const id = jsonText(atPointer(server, '/id'));
  if (id === undefined) return [];
  return jsonList(atPointer(server, '/os-extended-volumes:volumes_attached')).flatMap((entry) => {
    const volume = jsonText(atPointer(entry, '/id'));
    if (volume === undefined) return [];
    const own = { server: { id, name: jsonText(atPointer(server, '/name')) ?? id } };
    return [{ ...own, volume: { id: volume, name: volume }, device: undefined, tag: undefined }];
  });
}
