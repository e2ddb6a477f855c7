/**
 * A cloud as it ought to be: the rules of a release without the known defects of the reference implementation.
 *
 * Every clause holds here, the wishes included; each defect is a fault that brings it back.
 */

import type { Behaviour } from './behaviour.ts';

export function exemplary(released: Behaviour): Behaviour {
  const { compute } = released;
  const { attachments } = compute;
  const quirks = {
    oddNumbersCrash: false,
    flagTextMeansTrue: false,
    pagesCountOtherDisks: false,
    offloadedDetachDeletes: false,
    flagSavedBeforeSwap: false,
    oddTextsCrash: false,
    conductorTooOld: undefined,
  };
  return { ...released, compute: { ...compute, crashingDepth: undefined, attachments: { ...attachments, quirks } } };
}
