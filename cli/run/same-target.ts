/**
 * Checks that this is the target and the project of a run: elsewhere everything is 404, and would count as removed.
 */
import { jsonList, jsonObject, jsonText, type JsonObject } from '../../src/json.ts';
import { UsageError } from '../errors.ts';
import type { Discovered } from './connect-and-discover.ts';

/** Roles that may be in any project. */
const anyProject: ReadonlySet<string> = new Set(['admin', 'service']);

/** `before`: the target in the journal. @throws UsageError */
export function refuseAnotherTarget(before: JsonObject, { target, accounts }: Discovered): void {
  const services = jsonObject(before.services);
  // An endpoint may contain the project.
  const options = '--os-cloud, and its region or interface by --os-region-name or --os-interface';
  const types = Object.keys(services);
  if (types.length === 0) refuse('on an unknown target', target.name, options);
  for (const type of types) {
    const [then, now] = [jsonText(jsonObject(services[type]).endpoint), target.services[type]?.endpoint];
    if (then !== now) refuse(`on ${then ?? 'an unknown target'}`, now ?? 'none', options);
  }
  for (const facts of jsonList(before.identities).map(jsonObject)) {
    const role = jsonText(facts.role) ?? '';
    const then = jsonText(facts.project);
    const now = accounts[role]?.project;
    if (anyProject.has(role) || then === undefined || now === undefined || then === now) continue;
    refuse(`in project ${then} as ${role}`, `project ${now}`, role === 'member' ? '--os-cloud' : `--${role}`);
  }
}

function refuse(then: string, now: string, option: string): never {
  throw new UsageError(
    `The run was ${then}, but this is ${now}; nothing was removed. Pass the cloud of the run by ${option}.`,
  );
}
