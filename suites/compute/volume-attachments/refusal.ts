/** A request that is refused for the reason asked for: what it speaks of is there, and stays as it is. */
import type { Exchange } from '../../../src/client/exchange.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import { given, type Spoilable } from '../given.ts';
import type { Untouched } from '../fixture-kinds.ts';
import { control, expectRefused, list, listedVolumes } from './operations.ts';

/** Refused for the reason asked for: server and attachment are what they were before. */
export async function refusal(
  stage: Stage,
  status: 400 | 404 | 409,
  act: (scene: Spoilable<Untouched>) => Promise<Exchange>,
): Promise<readonly Finding[]> {
  const scene = await given(stage).untouched();
  const findings = expectRefused(await act(scene), status);
  const seen = await list(stage, scene.attached.server, { purpose: 'observation' });
  const listed = control(seen, 'listing the attachments of the server');
  const { volume } = scene.attached;
  const kept = listedVolumes(listed).includes(volume.id);
  if (findings.length > 0 || !kept) scene.spoil();
  if (kept) return findings;
  return [...findings, { kind: 'value', exchange: seen.id, pointer: '/volumeAttachments', expected: volume.id }];
}
