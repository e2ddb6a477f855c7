/** Finds the module that an object of a registry comes from, such as a fault, a check or a route. */
import type { ModuleName, Modules } from './modules.ts';

/** Exported objects and functions, also as members of lists and records, by the module that they come from. */
export type Origins = ReadonlyMap<unknown, ModuleName>;

/**
 * Of all modules that export the object, alone or in a list, the one with the fewest imports: what made the object is
 * among them.
 */
export async function readOrigins(
  names: Iterable<ModuleName>,
  modules: Modules,
  load: (name: ModuleName) => Promise<Readonly<Record<string, unknown>>>,
): Promise<Origins> {
  const bySize = [...names]
    .map((name) => ({ name, size: modules.closure([name]).size }))
    .sort((a, b) => a.size - b.size || (a.name < b.name ? -1 : 1));
  const origins = new Map<unknown, ModuleName>();
  for (const { name } of bySize) {
    for (const value of Object.values(await load(name)).flatMap(partsOf)) {
      if (!origins.has(value)) origins.set(value, name);
    }
  }
  return origins;
}

/** An exported value, the members of a list or record, and the functions of each. */
function partsOf(value: unknown): readonly unknown[] {
  if (typeof value === 'function') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...membersOf(value).flatMap((member) => [member, ...membersOf(member)])].filter(isReference);
}

function membersOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const isRecord = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isRecord ? Object.values(value) : [];
}

function isReference(value: unknown): boolean {
  return typeof value === 'function' || (typeof value === 'object' && value !== null);
}
