/** Merges entries of clouds.yaml, and finds secrets in them. */
import { isJsonObject, jsonObject, type Json, type JsonObject } from '../json.ts';

/** The second takes precedence, map by map; empty values leave the first unchanged. */
export function mergeEntries(a: JsonObject, b: JsonObject): JsonObject {
  const merged = Object.entries(b)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => {
      const before = a[key];
      return [key, isJsonObject(before) && isJsonObject(value) ? mergeEntries(before, value) : value] as const;
    });
  return { ...a, ...Object.fromEntries(merged) };
}

/** Keys with underscores: the openstack client reads `auth-url` as `auth_url`. Names of regions are not keys. */
export function spelled(value: Json | undefined): JsonObject {
  const entry = jsonObject(value);
  return Object.fromEntries(
    Object.entries(entry).map(([key, member]) => [
      key.replaceAll('-', '_'),
      isJsonObject(member) ? spelled(member) : member,
    ]),
  );
}

/** Secret fields: not allowed in options and profiles. */
export const secretFields = ['password', 'token', 'application_credential_secret', 'passcode'] as const;

/** The name of the first secret field of an entry. */
export function secretIn(entry: JsonObject): string | undefined {
  return secretFields.find((field) => field in entry || field in jsonObject(entry.auth));
}
