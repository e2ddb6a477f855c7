/** Ids of another form than those of the service: answered with 404, and never with a status of 500 or above. */
import { outermostOf, pathResources, type DeclaredOperation } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { refused, sendRefused } from './refusal.ts';
import { whatIsFound } from './sections.ts';
import { survived, survives } from './survival.ts';

/** None is `.` or `..`, which an HTTP client would resolve to another path. */
const oddIdTexts = ['osc', '\u0000', '💩', 'é', "'; --", 'x'.repeat(300), ' ', '%', 'a/b', 'a?b', '-1', 'null', '\n'];

/** An operation of administrators checks the role of the caller before anything is found or not. */
export function oddIds(operation: DeclaredOperation): readonly WrittenClause[] {
  const innermost = pathResources(operation).at(-1);
  if (operation.caller !== 'member' || innermost === undefined) return [];
  const { to, part } = operation.resources[innermost] ?? {};
  const outermost = outermostOf(operation);
  const odd = outermost?.use.to.ids === 'uuid' ? [oddOutermostId(operation, outermost)] : [];
  // What the request would create has no odd form that must be refused.
  if (part === 'new') return odd;
  return [
    ...odd,
    {
      id: `${operation.id}#survives-odd-${to?.type ?? innermost}-ids`,
      statement: `${operation.noun} with an odd id of a ${to?.type ?? innermost} in its path SHOULD NOT be answered with a status of 500 or above.`,
      quotes: [survives],
      cases: 'once',
      killedBy: [`${operation.id}:fails-on-odd-ids`],
      check: async (ctx) => {
        const target = await operation.rejected(ctx);
        const findings: Finding[] = [];
        for (const id of oddIdTexts) {
          const on = (): typeof target.resources => ({ ...target.resources, [innermost]: { id } });
          findings.push(...survived(await sendRefused(ctx, operation, target, { on })));
        }
        return findings;
      },
    },
  ];
}

function oddOutermostId(
  operation: DeclaredOperation,
  { name, use, noun }: NonNullable<ReturnType<typeof outermostOf>>,
): WrittenClause {
  return {
    id: `${operation.id}#refuses-odd-${use.to.type}-ids`,
    statement: `${operation.noun} for a ${noun} id that is not a UUID MUST be answered with 404.`,
    quotes: [whatIsFound(`A ${noun} id that is not a UUID is answered with 404.`)],
    cases: 'once',
    killedBy: [`${operation.id}:refuses-odd-ids`, `${operation.id}:fails-on-odd-ids`],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const id of ['osc', '1', 'ffffffff-ffff-ffff-ffff']) {
        const on = (resources: Readonly<Record<string, { readonly id: string }>>) => ({
          ...resources,
          [name]: { id },
        });
        findings.push(...(await refused(ctx, operation, 404, { on })));
      }
      return findings;
    },
  };
}
