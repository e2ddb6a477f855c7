/** Clauses on refusal order before an operation is reached: token, microversion, content type, body. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectStatus } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { fixtures } from '../fixtures.ts';
import { expectRefused } from '../rules/refusal.ts';
import { attach, list } from './calls.ts';
import { faultBodies, whichComesFirst } from '../rules/sections.ts';
import { expectFaultReply } from '../rules/response-marks.ts';

export const orderClauses: readonly WrittenClause[] = [tokenBeforeVersion(), versionBeforeType(), typeBeforeBody()];

function tokenBeforeVersion(): WrittenClause {
  return {
    id: 'compute/list-volume-attachments#token-before-microversion',
    statement: 'A request without a token for a microversion that cannot be had MUST be answered with 401.',
    quotes: [faultBodies('A token is checked before the microversion is read.')],
    cases: 'once',
    killedBy: ['compute:version-before-token'],
    check: async (ctx) => {
      const [{ server }] = await fixtures(ctx).readOnly();
      const findings: Finding[] = [];
      for (const text of ['osc', '2.9999', '3.0']) {
        findings.push(...expectStatus(await list(ctx, server, { as: 'nobody', microversion: text }), 401));
      }
      return findings;
    },
  };
}

function versionBeforeType(): WrittenClause {
  return {
    id: 'compute/attach-volume#microversion-before-content-type',
    statement: 'An unknown Content-Type at a microversion that cannot be had MUST be answered with 400 or 406.',
    quotes: [whichComesFirst('The microversion is judged before the ``Content-Type``.')],
    cases: 'once',
    killedBy: ['compute:type-before-version'],
    check: async (ctx) => {
      const { attached, free } = await fixtures(ctx).rejectionTarget();
      const ask = (microversion: string): Promise<Exchange> =>
        attach(ctx, attached.server, free, {}, { microversion, headers: xml });
      return [...expectRefused(await ask('osc'), 400), ...expectFaultReply(await ask('2.9999'), 406, 'computeFault')];
    },
  };
}

const xml = { 'content-type': 'application/xml' } as const;

function typeBeforeBody(): WrittenClause {
  return {
    id: 'compute/attach-volume#content-type-before-body',
    statement: 'A body of an unknown Content-Type that is not JSON MUST be answered with 415.',
    quotes: [whichComesFirst('The ``Content-Type`` is judged before the body is parsed.')],
    cases: 'once',
    killedBy: ['compute:body-before-type'],
    check: async (ctx) => {
      const { attached, free } = await fixtures(ctx).rejectionTarget();
      const reply = await attach(ctx, attached.server, free, {}, { rawBody: '<volume/>', headers: xml });
      return expectFaultReply(reply, 415, 'badMediaType');
    },
  };
}
