/** The roles in which requests are sent. */

/** A role in the play. `member` is always given. */
export type Identity = 'member' | 'reader' | 'other' | 'admin' | 'service';
export const identities = ['member', 'reader', 'other', 'admin', 'service'] as const satisfies readonly Identity[];
