/** The older endpoint `/v2`, which has no microversions; clauses on it do not apply where it is not served. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { fillPath, type CheckContext } from '../../../src/clauses/check-context.ts';
import { pathResources, type DeclaredOperation, type Resources } from '../../../src/clauses/define-operation.ts';
import { respondedWith, bodyOf, expectResponse, expectSchema, responseOf } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { NotBound } from '../../../src/execution/errors.ts';
import type { ServiceRequest } from '../../../src/execution/send-request.ts';
import { atPointer, jsonObject, type Json, type JsonObject } from '../../../src/json.ts';
import { formatMicroversion, microversion } from '../../../src/microversion.ts';
import { isList, modern, older, type VersionHeaders } from './asked-versions.ts';
import { control, expectRefused, nonexistent } from './refusal.ts';
import { rootOf } from './refusal-order.ts';
import { expectNoVersionHeaders } from './response-marks.ts';
import { olderEndpoint as said } from './sections.ts';

export function olderEndpoint(operation: DeclaredOperation): readonly WrittenClause[] {
  if (isList(operation)) return [isTheOldest(operation), namesNoVersion(operation)];
  const named = namedByBody(operation);
  return named === undefined ? [] : [ignoresMembers(operation, named), refusesValues(operation, named)];
}

function isTheOldest(operation: DeclaredOperation): WrittenClause {
  return {
    id: `${operation.id}#older-endpoint-is-the-oldest`,
    statement: 'A list asked of the older endpoint MUST be answered like microversion 2.1, whatever the headers say.',
    quotes: [said('It answers like microversion 2.1, whatever the version headers ask for.')],
    cases: 'once',
    killedBy: ['compute:older-endpoint-heeds-version-headers'],
    check: async (ctx) => {
      const content = ctx.service.schemas.response(operation.id, microversion('2.1'), 200);
      return withEachHeader(ctx, operation, (response) =>
        expectResponse(response, 200, (list) => (content?.kind === 'json' ? expectSchema(list, content.schema) : [])),
      );
    },
  };
}

function namesNoVersion(operation: DeclaredOperation): WrittenClause {
  return {
    id: `${operation.id}#older-endpoint-names-no-microversion`,
    statement: 'A reply of the older endpoint MUST NOT have version headers.',
    quotes: [said('Its replies have no version headers.')],
    cases: 'once',
    killedBy: ['compute:older-endpoint-names-a-version'],
    check: (ctx) => withEachHeader(ctx, operation, (response) => expectResponse(response, 200, expectNoVersionHeaders)),
  };
}

function ignoresMembers(operation: DeclaredOperation, named: NamedByBody): WrittenClause {
  return {
    id: `${operation.id}#older-endpoint-passes-over-unknown-members`,
    statement: 'Unknown members of a body that is sent to the older endpoint MUST be passed over.',
    quotes: [said('It passes over unknown members of a body.')],
    cases: 'once',
    killedBy: ['compute:older-endpoint-refuses-unknown-members'],
    check: async (ctx) => {
      const { resources } = await operation.rejected(ctx);
      const unknown = { ...resources, [named.resource]: nonexistent(ctx) };
      const root = rootOf(operation);
      const { body = {} } = operation.request(unknown);
      const odd: JsonObject = {
        ...body,
        [root]: { ...jsonObject(body[root]), osc_unknown: 'inside' },
        osc_unknown: 'beside',
      };
      const strict = await operation.send(ctx, unknown, { body: odd, microversion: '2.1' });
      control(strict, 'the same body below /v2.1', 400);
      // The 404 for the nonexistent resource shows that the body was accepted.
      return expectRefused(await sendOlder(ctx, operation, unknown, { body: odd }), 404);
    },
  };
}

function refusesValues(operation: DeclaredOperation, { member }: NamedByBody): WrittenClause {
  return {
    id: `${operation.id}#older-endpoint-refuses-wrong-values`,
    statement: 'A value without its documented form MUST be answered with 400 by the older endpoint.',
    quotes: [said('It refuses values that have not their documented form.')],
    cases: 'once',
    killedBy: ['compute:older-endpoint-accepts-anything'],
    check: async (ctx) => {
      const { resources, makeDirty } = await operation.rejected(ctx);
      const findings: Finding[] = [];
      const values: readonly Json[] = ['osc', '', 1, null];
      for (const value of values) {
        const body = { [rootOf(operation)]: { [member]: value } };
        findings.push(...expectRefused(await sendOlder(ctx, operation, resources, { body }), 400));
      }
      if (findings.length > 0) makeDirty();
      return findings;
    },
  };
}

/** The document of the older endpoint. @throws NotBound when the target does not serve it */
export async function olderDocument(ctx: CheckContext, purpose: 'act' | 'observation'): Promise<Exchange> {
  const response = await ctx.send({
    service: 'compute',
    method: 'GET',
    path: '/',
    version: 'v2',
    as: 'nobody',
    purpose,
  });
  const { status } = responseOf(response);
  const shown = respondedWith(response, 200);
  const isServed = shown && atPointer(bodyOf(shown), '/version/id') === 'v2.0';
  if (isServed || status >= 500) return response;
  throw new NotBound('The target does not serve the older endpoint /v2.');
}

async function sendOlder(
  ctx: CheckContext,
  { call, request }: DeclaredOperation,
  resources: Resources,
  more: Partial<ServiceRequest>,
): Promise<Exchange> {
  await ctx.shared('the older endpoint', (inner) => olderDocument(inner, 'observation'));
  const [method = '', path = ''] = call.split(' ');
  const own = fillPath(path, request(resources).path);
  return ctx.send({ service: 'compute', method, path: own, version: 'v2', purpose: 'act', ...more });
}

async function withEachHeader(
  ctx: CheckContext,
  operation: DeclaredOperation,
  judge: (response: Exchange) => readonly Finding[],
): Promise<readonly Finding[]> {
  const { resources } = await operation.accepted(ctx);
  const findings: Finding[] = [];
  for (const headers of versionHeaders(ctx)) {
    findings.push(...judge(await sendOlder(ctx, operation, resources, { headers })));
  }
  return findings;
}

function versionHeaders({ service }: CheckContext): readonly VersionHeaders[] {
  const { last } = service.range;
  const newest = last ? formatMicroversion(last) : 'latest';
  return [{}, modern(`compute ${newest}`), older(newest), modern('compute 3.0')];
}

interface NamedByBody {
  readonly resource: string;
  /** The member below the root of the body that has its id. */
  readonly member: string;
}

/** A resource that only the body of a member's request names, so that a nonexistent one leaves nothing changed. */
function namedByBody(operation: DeclaredOperation): NamedByBody | undefined {
  if (operation.caller !== 'member') return undefined;
  const inPath = pathResources(operation);
  const [found] = Object.entries(operation.resources).filter(([name]) => !inPath.includes(name));
  if (!found) return undefined;
  const [resource, { at }] = found;
  return { resource, member: at[0].split('/')[2] ?? '' };
}
