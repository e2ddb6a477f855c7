/** Roles in declarations of operations and in checks. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { NotBound } from '../../../src/execution/errors.ts';
import type { RoleRule } from '../../../src/clauses/define-operation.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import type { Quote } from '../../../src/clauses/quote.ts';

export function allowed(...quotes: readonly [Quote, ...Quote[]]): RoleRule {
  return { is: 'allowed', quotes };
}

export function forbidden(...quotes: readonly [Quote, ...Quote[]]): RoleRule {
  return { is: 'forbidden', quotes };
}

export const since27: NonNullable<WrittenClause['since']> = {
  maximum: '2.95',
  because: 'Roles restrict what callers of the same project may do by default since release 27.0.',
};

/** What the roles reader and service may not do since release 27.0; before, every caller of the project may. */
export function forbiddenSince27(...quotes: readonly [Quote, ...Quote[]]): RoleRule {
  return {
    is: 'forbidden',
    quotes,
    since: since27,
  };
}

/** @throws NotBound when the administrator is signed in to the project of the member */
export function requireForeignAdmin({ run }: CheckContext): void {
  const [member, admin] = [run.sessions.get('member'), run.sessions.get('admin')];
  if (member?.projectId !== undefined && member.projectId === admin?.projectId) {
    throw new NotBound('The administrator is signed in to the project of the member.');
  }
}
