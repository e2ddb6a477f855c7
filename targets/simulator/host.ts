/**
 * The names of the compute hosts. Everything runs on the first, until it is moved to the other.
 */

export const hostName = 'sim-host';

export const hostNames: readonly string[] = [hostName, 'sim-host-2'];
