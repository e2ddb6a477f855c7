/** Odd request bodies: the service may refuse them, and must not fail with a status of 500 or above. */
import { succeeded } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { bodyPointers, type DeclaredOperation, type RejectedCall } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { sendRefused } from './refusal.ts';
import { rootOf } from './refusal-order.ts';
import { survived, survives } from './survival.ts';

const nestedTexts = ['['.repeat(5000) + ']'.repeat(5000), `${'{"osc":'.repeat(5000)}1${'}'.repeat(5000)}`] as const;

export function oddBodies(operation: DeclaredOperation): readonly WrittenClause[] {
  if (bodyPointers(operation).length === 0 || namesFreeText(operation)) return [];
  const odd = survivesBodies(operation, 'odd-bodies', 'an odd body', oddTexts(operation), {
    killedBy: [`${operation.id}:fails-on-odd-bodies`],
  });
  const nested = survivesBodies(operation, 'deeply-nested-bodies', 'a body of 5000 levels', nestedTexts, {
    killedBy: ['compute:breaks-over-deeply-nested-bodies'],
    errata: ['deep-bodies-break-some'],
  });
  return [odd, nested];
}

/** An odd value of an action, or no value, may be accepted: then its server must not be one that other cases use. */
function targetOf(
  ctx: CheckContext,
  operation: DeclaredOperation,
): Promise<Pick<RejectedCall, 'resources' | 'body'> & Partial<Pick<RejectedCall, 'makeDirty'>>> {
  const isAccepted = operation.action !== undefined || operation.wrongBody !== undefined;
  return isAccepted ? operation.accepted(ctx) : operation.rejected(ctx);
}

/** Any text may be an id in the body, so that a body of another form might name what belongs to others. */
function namesFreeText({ refers = {} }: DeclaredOperation): boolean {
  return Object.entries(refers).some(([place, use]) => place.startsWith('body ') && use && use.to.ids !== 'uuid');
}

function survivesBodies(
  operation: DeclaredOperation,
  id: string,
  what: string,
  texts: readonly string[],
  more: Pick<WrittenClause, 'killedBy' | 'errata'>,
): WrittenClause {
  return {
    ...more,
    id: `${operation.id}#survives-${id}`,
    statement: `${operation.noun} with ${what} SHOULD NOT be answered with a status of 500 or above.`,
    quotes: [survives],
    cases: 'once',
    check: async (ctx) => {
      const target = await targetOf(ctx, operation);
      const findings: Finding[] = [];
      for (const rawBody of texts) {
        const response = await sendRefused(ctx, operation, target, { rawBody });
        if (succeeded(response)) target.makeDirty?.();
        findings.push(...survived(response));
      }
      return findings;
    },
  };
}

function oddTexts(operation: DeclaredOperation): readonly string[] {
  const root = rootOf(operation);
  const [pointer = ''] = bodyPointers(operation);
  const id = pointer.slice(root.length + 2);
  // Of the body of an operation with one list, neither the list nor a repeated key may be valid.
  const [other, valid] = id === '' ? ['{}', '[]'] : ['[]', '{}'];
  return [
    ...['', 'null', '[]', '"x"', '1', '{', '{}x', 'NaN', '\u0000'],
    ...[
      'null',
      other,
      '"x"',
      ...['{}', 'NaN', '"\\ud800"', '9'.repeat(5000)].map((value) => `{"${id}": ${value}}`),
    ].map((value) => `{"${root}": ${value}}`),
    `{"${root}": ${valid}, "${root}": ${other}}`,
    '{"osc\\u0000": 1}',
  ];
}
