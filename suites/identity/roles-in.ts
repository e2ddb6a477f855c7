/** The roles that Keystone lists. */
import { bodyOf } from '../../src/conformance/matchers.ts';
import { jsonList, jsonObject, jsonText } from '../../src/json.ts';

export interface Role {
  readonly id: string;
  readonly name: string;
}

export function rolesIn(seen: Parameters<typeof bodyOf>[0]): readonly Role[] {
  return jsonList(jsonObject(bodyOf(seen)).roles).flatMap((role) => {
    const { id, name, domain_id: domain } = jsonObject(role);
    // A role of a domain gives nothing by itself.
    if (jsonText(domain) !== undefined) return [];
    return typeof id === 'string' && typeof name === 'string' ? [{ id, name }] : [];
  });
}
