/** How the openstack client gets an identity: on its command line, and from the environment. */

export interface ClientAccess {
  /** Options of `openstack`, without secrets. */
  readonly options: readonly string[];
  /** Names of the `OS_*` variables that it also needs; missing when there are none. */
  readonly variables?: readonly string[];
}

/** By role; none for the embedded cloud. */
export type ClientAccesses = Readonly<Partial<Record<string, ClientAccess>>>;
