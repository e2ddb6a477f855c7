/** Which role may call an operation by default, for the roles that its declaration lists. */
import type { Identity } from '../../../src/clauses/identity.ts';
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import { expectStatus } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { DeclaredOperation, RoleRule } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { requireForeignAdmin } from './roles.ts';
import { refused } from './refusal.ts';

const roleNames: Readonly<Partial<Record<Identity, { readonly id: string; readonly words: string }>>> = {
  member: { id: 'a-member', words: 'a member of the project' },
  reader: { id: 'a-reader', words: 'a reader of the project' },
  service: { id: 'the-service-role', words: 'the service role alone' },
  admin: { id: 'an-administrator', words: 'an administrator of another project' },
};

export function rolePolicy(operation: DeclaredOperation): readonly WrittenClause[] {
  return Object.entries(operation.roles).map(([role, rule]) =>
    rule.is === 'forbidden'
      ? forbidden(operation, role as Identity, rule)
      : permitted(operation, role as Identity, rule),
  );
}
rolePolicy.namesCallers = true as const;

function forbidden(operation: DeclaredOperation, role: Identity, rule: RoleRule): WrittenClause {
  const { id, words } = nameOf(role);
  return {
    id: `${operation.id}#refuses-${id}`,
    statement: `${operation.noun} by ${words} MUST be answered with 403.`,
    about: [`role ${role}`],
    quotes: rule.quotes,
    ...(role !== 'member' && { identities: [role] }),
    ...(role !== 'member' && { cases: 'boundaries' }),
    ...(rule.errata && { errata: rule.errata }),
    ...(rule.is === 'forbidden' && rule.since && { since: rule.since }),
    killedBy: [`${operation.id}:widen-role:${role}`],
    check: (ctx) => refused(ctx, operation, 403, { as: role }),
  };
}

function permitted(operation: DeclaredOperation, role: Identity, rule: RoleRule): WrittenClause {
  const { id, words } = nameOf(role);
  const isForeign = role === 'admin';
  const completes = isForeign && operation.effect ? ' and come to its end' : '';
  return {
    id: `${operation.id}#permits-${id}`,
    statement: operation.reads
      ? `${operation.noun} by ${words} MUST be answered with ${operation.success ?? 200}.`
      : `${operation.noun} by ${words} MUST be accepted${completes}.`,
    about: [`role ${role}`],
    quotes: rule.quotes,
    ...(role !== 'member' && { identities: [role] }),
    ...(role === 'reader' ? { cases: 'boundaries' } : operation.effect || role === 'member' ? { cases: 'once' } : {}),
    ...(rule.errata && { errata: rule.errata }),
    killedBy: [`${operation.id}:narrow-role:${role}`],
    check:
      role === operation.caller
        ? judgeAccepted(operation, {}, () => [])
        : (ctx) => {
            if (isForeign) requireForeignAdmin(ctx);
            return accepted(ctx, operation, role);
          },
  };
}

async function accepted(ctx: CheckContext, operation: DeclaredOperation, as: Identity): Promise<readonly Finding[]> {
  const { resources, body } = await operation.accepted(ctx);
  const response = await operation.send(ctx, resources, { as, ...(body && { members: body }) });
  const findings = expectStatus(response, successOf(ctx));
  return findings.length > 0 || !operation.effect ? findings : operation.effect(ctx, resources);
}

/** The documented success status of the operation at the microversion of the case. */
function successOf({ revision }: CheckContext): number {
  return revision.responses[0].status;
}

function nameOf(role: Identity): { readonly id: string; readonly words: string } {
  return roleNames[role] ?? { id: `the-${role}`, words: `the identity ${role}` };
}
