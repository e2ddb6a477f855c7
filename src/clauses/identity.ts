/** The identities that requests are sent as. */

/** `member` is always available. */
export type Identity = 'member' | 'reader' | 'other' | 'admin' | 'service';
export const identities = ['member', 'reader', 'other', 'admin', 'service'] as const satisfies readonly Identity[];
