/** Bodies of an unknown content type are refused. */
import { bodyPointers, type DeclaredOperation } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { faultOf } from './faults.ts';
import { sendRefused } from './refusal.ts';
import { expectFaultReply } from './response-marks.ts';
import { faultBodies } from './sections.ts';

export function contentTypes(operation: DeclaredOperation): readonly WrittenClause[] {
  if (bodyPointers(operation).length === 0) return [];
  return [
    {
      id: `${operation.id}#refuses-unknown-content-types`,
      statement: `${operation.noun} with an unknown Content-Type MUST be answered with 415 and a badMediaType fault.`,
      quotes: [
        faultBodies('A request with an unknown ``Content-Type`` is answered with 415.'),
        faultBodies('The key is ``badMediaType`` for 415 and ``computeFault`` for 406 and 500.'),
      ],
      cases: 'once',
      killedBy: [faultOf(operation, 'any-content-type', 'takes-any-content-type')],
      check: async (ctx) => {
        const target = await operation.rejected(ctx);
        const findings: Finding[] = [];
        for (const type of ['application/xml', 'text/html', 'application/x-www-form-urlencoded']) {
          const reply = await sendRefused(ctx, operation, target, { headers: { 'content-type': type } });
          findings.push(...expectFaultReply(reply, 415, 'badMediaType'));
        }
        if (findings.length > 0) target.makeDirty();
        return findings;
      },
    },
  ];
}
