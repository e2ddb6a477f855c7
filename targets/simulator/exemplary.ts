/**
 * A cloud without the known defects of the reference implementation: the rules of a release with these fixed.
 *
 * Every clause passes here, SHOULD included; for each defect a seeded fault restores it.
 */

import { compareMicroversions, range } from '../../src/microversion.ts';
import type { Behaviour } from './behaviour.ts';
import type { ComputeBehaviour } from './compute/behaviour.ts';
import type { ProtocolBehaviour } from './compute/protocol.ts';
import type { EndpointRules } from './kernel/endpoint.ts';
import { withNullTag, withOwnIds } from './compute/volume-attachments/taking-back.ts';

/** The microversions at which every endpoint refuses unknown query parameters. */
const last = range('2.102-');

export function exemplary(released: Behaviour): Behaviour {
  const { compute } = released;
  const { attachments } = compute;
  const quirks = {
    flagTextMeansTrue: false,
    pagesCountOtherDisks: false,
    offloadedDetachDeletes: false,
    flagSavedBeforeSwap: false,
    oddTextsCrash: false,
    schedulerTooOld: undefined,
  };
  const shapes = { ...attachments.shapes, update: withNullTag(withOwnIds(attachments.shapes.update)) };
  return {
    ...released,
    compute: {
      ...compute,
      protocol: withConsistentErrors(compute.protocol),
      gates: withStrictQueries(compute.gates),
      crashingDepth: undefined,
      oddPageNumbers: 'missing',
      endpoints: withStrictEndpoints(compute.endpoints),
      attachments: { ...attachments, quirks, shapes },
    },
  };
}

/** Ignores the case of a Content-Type, answers HEAD, sends 405 for other methods, and error responses in one form. */
function withConsistentErrors(protocol: ProtocolBehaviour): ProtocolBehaviour {
  return {
    ...protocol,
    contentTypes: { ...protocol.contentTypes, inAnyCase: true },
    outside: { ...protocol.outside, otherMethods: 405, answersHead: true, errors: 'bodies' },
  };
}

/** Every endpoint refuses unknown query parameters, as the history of the API says of 2.102. */
function withStrictEndpoints(endpoints: ComputeBehaviour['endpoints']): ComputeBehaviour['endpoints'] {
  const strict = Object.entries(endpoints).map(([operation, rules]): readonly [string, EndpointRules] => [
    operation,
    compareMicroversions(rules.query.strict.first, last.first) <= 0
      ? rules
      : { ...rules, query: { ...rules.query, strict: last } },
  ]);
  return Object.fromEntries(strict);
}

/** The same for the gates of the other operations. */
function withStrictQueries(gates: ComputeBehaviour['gates']): ComputeBehaviour['gates'] {
  return {
    ...gates,
    'strict-show-query': last,
    'strict-attach-query': last,
    'strict-update-query': last,
    'strict-swap-query': last,
    'strict-detach-query': last,
  };
}
