/** Expectations on every response: the microversion that it names, its request ids, its error body. */
import type { Exchange } from '../../../src/client/exchange.ts';
import {
  bodyOf,
  expectFault,
  expectHeader,
  expectSchema,
  expectResponse,
  expectValue,
  headerValue,
  responseOf,
  type Checked,
} from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { jsonObject } from '../../../src/json.ts';
import { microversion } from '../../../src/microversion.ts';

const versionHeaders = ['OpenStack-API-Version', 'X-OpenStack-Nova-API-Version'] as const;

/** A response at a microversion: its headers name it, and its body has the members of that microversion. */
export function expectServed(ctx: CheckContext, response: Exchange, version: string): readonly Finding[] {
  const content = ctx.service.schemas.response(ctx.operation.id, microversion(version), 200);
  return expectResponse(response, 200, (list) => [
    ...expectVersionHeaders(list, version),
    ...(content?.kind === 'json' ? expectSchema(list, content.schema) : []),
  ]);
}

export function expectVersionHeaders(response: Exchange, version: string): readonly Finding[] {
  return [
    ...expectHeader(response, 'openstack-api-version', `compute ${version}`),
    ...expectHeader(response, 'x-openstack-nova-api-version', version),
  ];
}

export function expectVary(response: Exchange): readonly Finding[] {
  return versionHeaders.flatMap((name) =>
    expectHeader(response, 'vary', `a list with ${name}`, (value) => listHas(value, name)),
  );
}

/** Neither a version header, nor a version header in Vary. */
export function expectNoVersionHeaders(response: Exchange): readonly Finding[] {
  const { headers } = responseOf(response);
  const named = versionHeaders.flatMap((name): readonly Finding[] => {
    const seen = headerValue(headers, name);
    return seen === undefined
      ? []
      : [{ kind: 'header', exchange: response.id, name, expected: 'no such header', seen }];
  });
  const vary = headerValue(headers, 'vary') ?? '';
  const varied = versionHeaders.filter((name) => listHas(vary, name));
  const expected = `a list without ${varied.join(' and ')}`;
  const finding: Finding = { kind: 'header', exchange: response.id, name: 'Vary', expected, seen: vary };
  return varied.length === 0 ? named : [...named, finding];
}

function listHas(value: string, name: string): boolean {
  return value.split(',').some((item) => item.trim().toLowerCase() === name.toLowerCase());
}

const requestId = /^req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function requestIdOf(response: Exchange): string | undefined {
  return headerValue(responseOf(response).headers, 'x-openstack-request-id');
}

/** Both request ids, in the documented form. */
export function expectRequestIds(response: Exchange): readonly Finding[] {
  return ['x-openstack-request-id', 'x-compute-request-id'].flatMap((name) =>
    expectHeader(response, name, 'req- and a UUID', (value) => requestId.test(value)),
  );
}

export function expectSameRequestIds(response: Exchange): readonly Finding[] {
  const first = requestIdOf(response) ?? 'the value of x-openstack-request-id';
  return expectHeader(response, 'x-compute-request-id', first);
}

/** An error body with this key and no other. */
export function expectOnlyFault(response: Checked, key: string): readonly Finding[] {
  const findings = expectFault(response, key);
  if (findings.length > 0) return findings;
  const body = jsonObject(bodyOf(response));
  return Object.keys(body).length === 1 ? [] : expectValue(response, '', { [key]: body[key] ?? null });
}

/** An error response with this status and key. */
export function expectFaultResponse(response: Exchange, status: number, key: string): readonly Finding[] {
  return expectResponse(response, status, (refusal) => expectFault(refusal, key));
}
