/**
 * Changes of an order of checks.
 */

/** With another check right before one of them. */
export function before<Name extends string>(order: readonly Name[], place: Name, more: Name): readonly Name[] {
  return order.flatMap((name) => (name === place ? [more, name] : [name]));
}

export function without<Name extends string>(order: readonly Name[], ...names: readonly Name[]): readonly Name[] {
  return order.filter((name) => !names.includes(name));
}

/** With one of them brought forward, right before another. */
export function earlier<Name extends string>(order: readonly Name[], name: Name, place: Name): readonly Name[] {
  return before(without(order, name), place, name);
}
