/**
 * Composable guards: each checks that a value read from a file has the members of its type.
 */
export type Guard = (value: unknown) => boolean;

export const text: Guard = (value) => typeof value === 'string';
export const number: Guard = (value) => typeof value === 'number';
export const flag: Guard = (value) => typeof value === 'boolean';
/** Any JSON value; undefined is not one. */
export const json: Guard = (value) => value !== undefined;

export function oneOf(...allowed: readonly unknown[]): Guard {
  return (value) => allowed.includes(value);
}

export function optional(guard: Guard): Guard {
  return (value) => value === undefined || guard(value);
}

export function nullable(guard: Guard): Guard {
  return (value) => value === null || guard(value);
}

export function list(item: Guard): Guard {
  return (value) => Array.isArray(value) && value.every(item);
}

export function nonEmpty(item: Guard): Guard {
  return (value) => Array.isArray(value) && value.length > 0 && value.every(item);
}

export function map(member: Guard): Guard {
  return (value) => isObject(value) && Object.values(value).every(member);
}

/** Every member of `T` must be named: leaving one out does not compile. Members that `T` does not have are ignored. */
export function shape<T extends object>(members: Readonly<Record<keyof Required<T> & string, Guard>>) {
  const guards = Object.entries<Guard>(members);
  return (value: unknown): value is T => isObject(value) && guards.every(([name, guard]) => guard(value[name]));
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
