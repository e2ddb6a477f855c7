/** Odd values of the members that a declaration lists: the service may refuse them, and must not fail. */
import { succeeded } from '../../../src/clauses/accepted-call.ts';
import type { DeclaredOperation } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { jsonObject } from '../../../src/json.ts';
import { nonexistent } from './refusal.ts';
import { rootOf } from './refusal-order.ts';
import { survived, survives } from './survival.ts';

export function oddMembers(operation: DeclaredOperation): readonly WrittenClause[] {
  const { oddMembers: odd } = operation;
  if (!odd) return [];
  return [
    {
      id: `${operation.id}#survives-odd-members`,
      statement: `${operation.noun} with odd values of its members SHOULD NOT be answered with a status of 500 or above.`,
      quotes: [survives],
      range: odd.range,
      cases: 'once',
      killedBy: [`${operation.id}:fails-on-odd-members`],
      check: async (ctx) => {
        const { resources, body: members, makeDirty } = await operation.rejected(ctx);
        const root = rootOf(operation);
        const findings: Finding[] = [];
        // What the body names does not exist, so that a request that is accepted by mistake changes nothing.
        const named = Object.entries(operation.resources).filter(([, { at }]) =>
          at.some((one) => one.startsWith('body ')),
        );
        const unknown = Object.fromEntries(named.map(([name]) => [name, nonexistent(ctx)]));
        const on = { ...resources, ...unknown };
        const { body = {} } = operation.request(on, members);
        for (const [member, values] of Object.entries(odd.values)) {
          for (const value of values) {
            const content = { ...jsonObject(body[root]), [member]: value };
            const response = await operation.send(ctx, on, { body: { [root]: content } });
            if (succeeded(response)) makeDirty();
            findings.push(...survived(response));
          }
        }
        return findings;
      },
    },
  ];
}
