/**
 * A table of resources. Removed ones are kept, as databases do that only mark a row as deleted.
 */

interface Identified {
  readonly id: string;
}

export class Store<Item extends Identified> implements Iterable<Item> {
  readonly #live = new Map<string, Item>();
  readonly #removed: Item[] = [];

  /** In the order of their creation. */
  [Symbol.iterator](): Iterator<Item> {
    return this.#live.values();
  }

  add(item: Item): void {
    this.#live.set(item.id, item);
  }

  remove({ id }: Item): void {
    const item = this.#live.get(id);
    if (item && this.#live.delete(id)) this.#removed.unshift(item);
  }

  clear(): void {
    this.#live.clear();
    this.#removed.length = 0;
  }

  /** The last one first. */
  get removed(): readonly Item[] {
    return this.#removed;
  }
}

/** A table of its own for each owner, such as a region's part of the cloud. */
export function storePer<Owner extends object, Item extends Identified>(): (owner: Owner) => Store<Item> {
  const stores = new WeakMap<Owner, Store<Item>>();
  return (owner) => {
    const known = stores.get(owner) ?? new Store<Item>();
    stores.set(owner, known);
    return known;
  };
}
