/**
 * A cloud without the known defects of the reference implementation: the rules of a release with these fixed.
 *
 * Every clause passes here, SHOULD included; for each defect a seeded fault restores it.
 */

import { compareMicroversions, range } from '../../src/microversion.ts';
import type { Behaviour } from './behaviour.ts';
import type { ComputeBehaviour } from './compute/behaviour.ts';
import type { ProtocolBehaviour } from './compute/protocol.ts';
import { type EndpointRules, withRules } from './kernel/endpoint.ts';
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
    oddTextsCrash: false,
  };
  return {
    ...released,
    compute: {
      ...compute,
      protocol: withConsistentErrors(compute.protocol),
      crashingDepth: undefined,
      oddPageNumbers: 'missing',
      endpoints: withStrictQueries(withTakenBack(compute.endpoints)),
      attachments: { ...attachments, quirks },
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

/** A PUT of an attachment accepts it as it is shown, and a refused swap changes nothing. */
function withTakenBack(endpoints: ComputeBehaviour['endpoints']): ComputeBehaviour['endpoints'] {
  const wider = ({ body }: EndpointRules): Partial<EndpointRules> =>
    body ? { body: { ...body, shape: withNullTag(withOwnIds(body.shape)) } } : {};
  const updated = withRules({ endpoints }, 'compute/update-volume-attachment', wider);
  return withRules(updated, 'compute/swap-volume', (rules) => ({
    ...wider(rules),
    checks: rules.checks.filter((name) => name !== 'flag-saved-early'),
  })).endpoints;
}

/** Every endpoint refuses unknown query parameters, as the history of the API says of 2.102. */
function withStrictQueries(endpoints: ComputeBehaviour['endpoints']): ComputeBehaviour['endpoints'] {
  const strict = Object.entries(endpoints).map(([operation, rules]): readonly [string, EndpointRules] => [
    operation,
    compareMicroversions(rules.query.strict.first, last.first) <= 0
      ? rules
      : { ...rules, query: { ...rules.query, strict: last } },
  ]);
  return Object.fromEntries(strict);
}
