/**
 * The name of the one host that everything runs on.
 */

export const hostName = 'sim-host';
