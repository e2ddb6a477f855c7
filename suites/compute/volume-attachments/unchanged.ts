/** Checks that the member sees the attachments of a rejection target, and its volumes, as they were. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { expectResponse, expectValue } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { RejectionTarget } from '../fixtures/fixture-kinds.ts';
import { control } from '../rules/refusal.ts';
import { rootsOf } from '../resource-types/server.ts';
import { listedVolumes, observeAttachments, observeVolume } from '../observe-attachments.ts';

export async function attachmentsUnchanged(
  ctx: CheckContext,
  { attached, free }: RejectionTarget,
): Promise<readonly Finding[]> {
  const listed = await observeAttachments(ctx, attached.server, 'none');
  const volumes = listedVolumes(control(listed, 'listing the attachments of the server'));
  const pointer = '/volumeAttachments';
  const expected = [attached.volume.id, ...rootsOf(attached.server)];
  const differs: Finding = {
    kind: 'value',
    exchange: listed.id,
    pointer,
    expected,
    seen: volumes,
  };
  const [attachedVolume, freeVolume] = [await observeVolume(ctx, attached.volume), await observeVolume(ctx, free)];
  return [
    ...([...volumes].sort().join() === expected.sort().join() ? [] : [differs]),
    ...expectResponse(attachedVolume, 200, (shown) => expectValue(shown, '/volume/status', 'in-use')),
    ...expectResponse(freeVolume, 200, (shown) => expectValue(shown, '/volume/status', 'available')),
  ];
}
