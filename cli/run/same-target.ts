/**
 * Is this the target, and the project, that a run was on? Elsewhere everything is 404, and would be taken for removed.
 */
import { jsonList, jsonObject, jsonText, type JsonObject } from '../../src/json.ts';
import { UsageError } from '../errors.ts';
import type { Met } from './meet-target.ts';

/** Whose project does not matter: what they are needed for, they may do anywhere. */
const anywhere: ReadonlySet<string> = new Set(['admin', 'service']);

/** `before`: what the journal says of the target. @throws UsageError */
export function refuseAnotherTarget(before: JsonObject, { target, accounts }: Met): void {
  const endpoints = jsonObject(before.endpoints);
  // The endpoint of block storage may hold the project as well.
  for (const type of ['compute', 'block-storage']) {
    if (endpoints[type] === target.endpoints[type]) continue;
    const then = jsonText(endpoints[type]) ?? 'an unknown target';
    const options = '--os-cloud, and its region or interface by --os-region-name or --os-interface';
    refuse(`on ${then}`, target.endpoints[type] ?? 'none', options);
  }
  for (const facts of jsonList(before.identities).map(jsonObject)) {
    const role = jsonText(facts.role) ?? '';
    const then = jsonText(facts.project);
    const now = accounts[role]?.project;
    if (anywhere.has(role) || then === undefined || now === undefined || then === now) continue;
    refuse(`in project ${then} as ${role}`, `project ${now}`, role === 'member' ? '--os-cloud' : `--${role}`);
  }
}

function refuse(then: string, now: string, option: string): never {
  throw new UsageError(
    `The run was ${then} and this is ${now}; nothing was removed. Name the cloud of the run by ${option}.`,
  );
}
