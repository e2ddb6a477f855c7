/**
 * Changes to an order of checks.
 */

/** Inserts the check `more` right before `position`. */
export function before<Name extends string>(order: readonly Name[], position: Name, more: Name): readonly Name[] {
  return order.flatMap((name) => (name === position ? [more, name] : [name]));
}

export function without<Name extends string>(order: readonly Name[], ...names: readonly Name[]): readonly Name[] {
  return order.filter((name) => !names.includes(name));
}

/** Moves the check `name` right before `position`. */
export function earlier<Name extends string>(order: readonly Name[], name: Name, position: Name): readonly Name[] {
  return before(without(order, name), position, name);
}
