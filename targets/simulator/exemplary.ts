/**
 * A cloud as it ought to be: the rules of a release without the known defects of the reference implementation.
 *
 * Every clause holds here, the wishes included; each defect is a fault that brings it back.
 */

import { range } from '../../src/microversion.ts';
import type { Behaviour } from './behaviour.ts';
import type { ComputeBehaviour } from './compute/behaviour.ts';
import type { ProtocolBehaviour } from './compute/protocol.ts';
import { withNullTag, withOwnIds } from './compute/volume-attachments/taking-back.ts';

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
  const shapes = { ...attachments.shapes, update: withNullTag(withOwnIds(attachments.shapes.update)) };
  return {
    ...released,
    compute: {
      ...compute,
      protocol: civil(compute.protocol),
      gates: strictAtLast(compute.gates),
      crashingDepth: undefined,
      attachments: { ...attachments, quirks, shapes },
    },
  };
}

/** Capitals in a type are no matter, HEAD and methods that are missing are known, and all faults look alike. */
function civil(protocol: ProtocolBehaviour): ProtocolBehaviour {
  return {
    ...protocol,
    contentTypes: { ...protocol.contentTypes, inAnyCase: true },
    outside: { ...protocol.outside, otherMethods: 405, answersHead: true, faults: 'bodies' },
  };
}

/** Every operation refuses unknown query parameters, as the history of the API says of 2.102. */
function strictAtLast(gates: ComputeBehaviour['gates']): ComputeBehaviour['gates'] {
  const last = range('2.102-');
  return {
    ...gates,
    'strict-show-query': last,
    'strict-attach-query': last,
    'strict-update-query': last,
    'strict-swap-query': last,
    'strict-detach-query': last,
  };
}
