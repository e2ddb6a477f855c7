/** Content types of bodies: which are read, which are refused, and what is judged before and after. */
import { bodyPointers, type DeclaredOperation, type SendOptions } from '../../../src/clauses/define-operation.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { expectStatus } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { expectRefused, nonexistent, refused, sendRefused } from './refusal.ts';
import { expectFaultResponse } from './response-marks.ts';
import { faultBodies, goodBehaviour, whichComesFirst } from './sections.ts';

const xml = { 'content-type': 'application/xml' } as const;

export function contentTypes(operation: DeclaredOperation): readonly WrittenClause[] {
  if (bodyPointers(operation).length === 0) return [];
  return [refusesOthers(operation), versionFirst(operation), typeFirst(operation), ...readTypes(operation)];
}

function refusesOthers(operation: DeclaredOperation): WrittenClause {
  return {
    id: `${operation.id}#refuses-unknown-content-types`,
    statement: `${operation.noun} with an unknown Content-Type MUST be answered with 415 and a badMediaType fault.`,
    quotes: [
      faultBodies('A request with an unknown ``Content-Type`` is answered with 415.'),
      faultBodies('The key is ``badMediaType`` for 415 and ``computeFault`` for 406 and 500.'),
    ],
    cases: 'once',
    killedBy: [`${operation.id}:any-content-type`],
    check: async (ctx) => {
      const target = await operation.rejected(ctx);
      const findings: Finding[] = [];
      for (const type of ['application/xml', 'text/html', 'application/x-www-form-urlencoded']) {
        const response = await sendRefused(ctx, operation, target, { headers: { 'content-type': type } });
        findings.push(...expectFaultResponse(response, 415, 'badMediaType'));
      }
      if (findings.length > 0) target.makeDirty();
      return findings;
    },
  };
}

function versionFirst(operation: DeclaredOperation): WrittenClause {
  return {
    id: `${operation.id}#microversion-before-content-type`,
    statement: 'An unknown Content-Type at a microversion that cannot be had MUST be answered with 400 or 406.',
    quotes: [whichComesFirst('The microversion is judged before the ``Content-Type``.')],
    cases: 'once',
    killedBy: [`${operation.id}:check-order:content-type-before-microversion`],
    check: async (ctx) => {
      const target = await operation.rejected(ctx);
      const [malformed, outside] = [
        await sendRefused(ctx, operation, target, { microversion: 'osc', headers: xml }),
        await sendRefused(ctx, operation, target, { microversion: '2.9999', headers: xml }),
      ];
      const findings = [...expectRefused(malformed, 400), ...expectFaultResponse(outside, 406, 'computeFault')];
      if (findings.length > 0) target.makeDirty();
      return findings;
    },
  };
}

function typeFirst(operation: DeclaredOperation): WrittenClause {
  return {
    id: `${operation.id}#content-type-before-body`,
    statement: 'A body of an unknown Content-Type that is not JSON MUST be answered with 415.',
    quotes: [whichComesFirst('The ``Content-Type`` is judged before the body is parsed.')],
    cases: 'once',
    killedBy: [`${operation.id}:check-order:parse-before-content-type`],
    check: async (ctx) => {
      const target = await operation.rejected(ctx);
      const response = await sendRefused(ctx, operation, target, { rawBody: '<body/>', headers: xml });
      return expectFaultResponse(response, 415, 'badMediaType');
    },
  };
}

interface ReadType {
  readonly id: string;
  readonly statement: WrittenClause['statement'];
  readonly quote: WrittenClause['quotes'][number];
  readonly errata?: readonly string[];
  readonly killedBy: string;
  /** Undefined for no such header. */
  readonly types: readonly (string | undefined)[];
}

const withOrWithout = faultBodies(
  'The ``Content-Type`` of a body is ``application/json``, with parameters or without, or is left out.',
);

const types: readonly ReadType[] = [
  {
    id: 'takes-json-with-parameters',
    statement: 'A body of the type application/json MUST be read, with parameters or without.',
    quote: withOrWithout,
    killedBy: 'compute:content-type-without-parameters-only',
    types: ['application/json', 'application/json; charset=utf-8', 'application/json;charset=UTF-8'],
  },
  {
    id: 'takes-a-body-without-content-type',
    statement: 'A body without a Content-Type MUST be read.',
    quote: withOrWithout,
    killedBy: 'compute:content-type-needed',
    types: [undefined],
  },
  {
    id: 'takes-its-own-content-type',
    statement: 'A body of the type application/vnd.openstack.compute+json MUST be read.',
    quote: faultBodies("The service's own name for it, ``application/vnd.openstack.compute+json``, is taken as well."),
    killedBy: 'compute:own-content-type-refused',
    types: ['application/vnd.openstack.compute+json'],
  },
  {
    id: 'takes-content-types-in-any-case',
    statement: 'A body of the type APPLICATION/JSON SHOULD be read.',
    quote: goodBehaviour('A ``Content-Type`` is recognised in upper and lower case.'),
    errata: ['content-type-heeds-case'],
    killedBy: 'compute:content-type-heeds-case',
    types: ['APPLICATION/JSON'],
  },
];

/** An operation of administrators checks the role of the caller before it shows that it has read the body. */
function readTypes(operation: DeclaredOperation): readonly WrittenClause[] {
  if (operation.caller !== 'member') return [];
  return types.map(({ id, statement, quote, errata, killedBy, types: spelled }) => ({
    id: `${operation.id}#${id}`,
    statement,
    quotes: [quote],
    cases: 'once',
    ...(errata && { errata }),
    killedBy: [killedBy],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const type of spelled) {
        const header = type === undefined ? { without: ['content-type'] } : { headers: { 'content-type': type } };
        findings.push(...(await isRead(ctx, operation, header)));
      }
      return findings;
    },
  }));
}

/** What the body names does not exist: the 404 shows that it was read. A body that names nothing is accepted. */
async function isRead(
  ctx: CheckContext,
  operation: DeclaredOperation,
  header: Pick<SendOptions, 'headers' | 'without'>,
): Promise<readonly Finding[]> {
  const named = Object.entries(operation.resources).find(([, { at }]) => at.some((place) => place.startsWith('body ')));
  if (named) {
    const unknown = { [named[0]]: nonexistent(ctx) };
    return refused(ctx, operation, 404, { ...header, on: (resources) => ({ ...resources, ...unknown }) });
  }
  const { resources, body } = await operation.accepted(ctx);
  const response = await operation.send(ctx, resources, { ...(body && { members: body }), ...header });
  return expectStatus(response, ctx.revision.responses[0].status);
}
