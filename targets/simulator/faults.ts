/**
 * All seeded faults of the simulator, by id.
 *
 * A fault either changes the rules that the services follow, or tampers with requests and responses.
 */

import type { Behaviour } from './behaviour.ts';
import { serverGroupDefects } from './compute/server-groups/defects.ts';
import { remoteConsoleDefects } from './compute/remote-consoles/defects.ts';
import { serverActionDefects } from './compute/server-actions/defects.ts';
import { migrationDefects } from './compute/migrations/defects.ts';
import { instanceActionDefects } from './compute/instance-actions/defects.ts';
import { interfaceDefects } from './compute/interfaces/defects.ts';
import { serverDetailDefects } from './compute/server-details/defects.ts';
import { serverMetadataDefects } from './compute/server-metadata/defects.ts';
import { serverTagDefects } from './compute/server-tags/defects.ts';
import { serverDefects } from './compute/servers/defects.ts';
import { attachmentDefects } from './compute/volume-attachments/defects.ts';
import type { Fault } from './faults/fault.ts';
import { protocolFaults } from './faults/protocol.ts';
import { serviceFaults } from './faults/services.ts';
import type { Tamper } from './handler.ts';
import { tokenDefects } from './identity/tokens/defects.ts';
import { generatedFaults } from './mutations.ts';

export const faults: readonly Fault[] = [
  ...serviceFaults,
  ...protocolFaults,
  ...serverDefects,
  ...attachmentDefects,
  ...serverGroupDefects,
  ...serverActionDefects,
  ...remoteConsoleDefects,
  ...instanceActionDefects,
  ...migrationDefects,
  ...serverDetailDefects,
  ...interfaceDefects,
  ...serverMetadataDefects,
  ...serverTagDefects,
  ...tokenDefects,
  ...generatedFaults,
];

/** @throws RangeError for an unknown id. */
export function faultsById(ids: readonly string[]): readonly Fault[] {
  return ids.map((id) => {
    const fault = faults.find((one) => one.id === id);
    if (!fault)
      throw new RangeError(
        `"${id}" is not a fault of the simulator. List them: openstack-conformance simulator --list-faults.`,
      );
    return fault;
  });
}

/** The rules with the changes of all faults applied in order, and the tampering to wrap around the services. */
export function withFaults(
  behaviour: Behaviour,
  chosen: readonly Fault[],
): { readonly behaviour: Behaviour; readonly tampers: readonly Tamper[] } {
  return {
    behaviour: chosen.reduce((rules, fault) => (fault.kind === 'behaviour' ? fault.change(rules) : rules), behaviour),
    tampers: chosen.flatMap((fault) => (fault.kind === 'tamper' ? [gated(fault.tamper, fault.operations)] : [])),
  };
}

function gated(tamper: Tamper, operations: readonly string[] | undefined): Tamper {
  if (!operations) return tamper;
  return (next) => {
    const tampered = tamper(next);
    return (request, cloud) =>
      request.operation !== undefined && operations.includes(request.operation)
        ? tampered(request, cloud)
        : next(request, cloud);
  };
}
