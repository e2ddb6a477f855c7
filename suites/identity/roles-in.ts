/** Reads the roles from a list of Keystone. */
import { bodyOf, type Checked } from '../../src/clauses/matchers.ts';
import { jsonList, jsonObject, jsonText } from '../../src/json.ts';

export interface Role {
  readonly id: string;
  readonly name: string;
}

export function rolesIn(seen: Checked): readonly Role[] {
  return jsonList(jsonObject(bodyOf(seen)).roles).flatMap((role) => {
    const { id, name, domain_id: domain } = jsonObject(role);
    // A domain-specific role grants no rights by itself.
    if (jsonText(domain) !== undefined) return [];
    return typeof id === 'string' && typeof name === 'string' ? [{ id, name }] : [];
  });
}
