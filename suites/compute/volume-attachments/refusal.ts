/** Checks a refusal, and that the resources that the request names exist and stay unchanged. */
import type { Exchange } from '../../../src/client/exchange.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import type { Reusable } from '../fixtures/lease.ts';
import type { RejectionTarget } from '../fixtures/fixture-kinds.ts';
import { listedVolumes } from '../observe-attachments.ts';
import { control, expectRefused } from '../rules/refusal.ts';
import { list } from './calls.ts';

/** Expects a refusal after which the server and its attachment still exist. */
export async function refusal(
  ctx: CheckContext,
  status: 400 | 404 | 409,
  send: (target: Reusable<RejectionTarget>) => Promise<Exchange>,
): Promise<readonly Finding[]> {
  const target = await fixtures(ctx).rejectionTarget();
  const findings = expectRefused(await send(target), status);
  const seen = await list(ctx, target.attached.server, { purpose: 'observation' });
  const listed = control(seen, 'listing the attachments of the server');
  const { volume } = target.attached;
  const isAttached = listedVolumes(listed).includes(volume.id);
  if (findings.length > 0 || !isAttached) target.makeDirty();
  if (isAttached) return findings;
  return [...findings, { kind: 'value', exchange: seen.id, pointer: '/volumeAttachments', expected: volume.id }];
}
