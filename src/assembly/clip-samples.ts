/**
 * Keeps samples to where their side has a body: an old response sample says nothing once the body is gone.
 */
import { bodiesOf } from '../contract/members.ts';
import type { ContractSample, Operation } from '../contract/model.ts';
import { intersect, type MicroversionRange } from '../microversion.ts';

export function clipSamples(operation: Operation): Operation {
  const samples = operation.samples.flatMap((sample) => {
    const range = rangeWithBody(sample, operation);
    return range ? [{ ...sample, range }] : [];
  });
  return { ...operation, samples };
}

/** The part of the sample's range up to the first revision without a body. */
function rangeWithBody({ side, range }: ContractSample, { revisions }: Operation): MicroversionRange | undefined {
  let held: MicroversionRange | undefined;
  for (const revision of revisions) {
    const part = intersect(range, revision.range);
    const hasBody = bodiesOf(revision, side).some((body) => body.kind === 'json');
    if (part && hasBody) held = held ? { first: held.first, last: part.last } : part;
    else if (held) break;
  }
  return held;
}
