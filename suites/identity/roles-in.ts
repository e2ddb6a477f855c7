/** The roles that Keystone lists. */
import { bodyOf, type Checked } from '../../src/conformance/matchers.ts';
import { jsonList, jsonObject, jsonText } from '../../src/json.ts';

export interface Role {
  readonly id: string;
  readonly name: string;
}

export function rolesIn(seen: Checked): readonly Role[] {
  return jsonList(jsonObject(bodyOf(seen)).roles).flatMap((role) => {
    const { id, name, domain_id: domain } = jsonObject(role);
    // A role of a domain gives nothing by itself.
    if (jsonText(domain) !== undefined) return [];
    return typeof id === 'string' && typeof name === 'string' ? [{ id, name }] : [];
  });
}
