/**
 * The names of the compute hosts. Everything runs on the first, until it is moved to another one.
 */

export const hostName = 'sim-host';

/** Those on which servers are created. */
export const usualHosts: readonly string[] = [hostName, 'sim-host-2'];

/** The last one is a spare: servers only move to it. */
export const hostNames: readonly string[] = [...usualHosts, 'sim-host-3'];
