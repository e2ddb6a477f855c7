/** Remembers the result of a function for each argument. */
export function memoized<T, R extends string | boolean | object>(read: (of: T) => R): (of: T) => R {
  const known = new Map<T, R>();
  return (of) => {
    const found = known.get(of) ?? read(of);
    known.set(of, found);
    return found;
  };
}
