/** Entries of clouds.yaml laid over each other, and the values among them that nobody may read. */
import { isJsonObject, jsonObject, type Json, type JsonObject } from '../json.ts';

/** The second wins, map by map; what has no value leaves the first as it is. */
export function mergeEntries(a: JsonObject, b: JsonObject): JsonObject {
  const merged = Object.entries(b)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => {
      const before = a[key];
      return [key, isJsonObject(before) && isJsonObject(value) ? mergeEntries(before, value) : value] as const;
    });
  return { ...a, ...Object.fromEntries(merged) };
}

/** Keys with underscores: the openstack client takes `auth-url` for `auth_url`. Names of regions are no keys. */
export function spelled(value: Json | undefined): JsonObject {
  const entry = jsonObject(value);
  return Object.fromEntries(
    Object.entries(entry).map(([key, member]) => [
      key.replaceAll('-', '_'),
      isJsonObject(member) ? spelled(member) : member,
    ]),
  );
}

/** The fields that no option may carry and no profile may hold. */
export const secretFields = ['password', 'token', 'application_credential_secret', 'passcode'] as const;

/** The first secret that an entry holds, by name. */
export function secretIn(entry: JsonObject): string | undefined {
  return secretFields.find((field) => field in entry || field in jsonObject(entry.auth));
}
