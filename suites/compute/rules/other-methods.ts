/** Methods that the paths of a resource do not have, and HEAD beside GET. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { fillPath, type CheckContext } from '../../../src/clauses/check-context.ts';
import type { DeclaredOperation } from '../../../src/clauses/define-operation.ts';
import {
  respondedWith,
  bodyOf,
  expectHeader,
  expectNoBody,
  expectResponse,
  expectStatus,
  responseOf,
} from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { atPointer, jsonObject, jsonText } from '../../../src/json.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { isOfCall, type DeclaredChange, type Reference } from '../../../src/resources/declared-change.ts';
import { isList } from './asked-versions.ts';
import { goodBehaviour } from './sections.ts';

/** The methods with a body. DELETE may remove what a request names, where the path has it after all. */
const tried = ['POST', 'PUT', 'PATCH'] as const;

interface Unrouted {
  readonly method: string;
  readonly path: `/${string}`;
  /** The methods that the path has. */
  readonly has: readonly string[];
  /** An operation of the path, for its resources. */
  readonly on: DeclaredOperation;
}

/** The clauses are those of the list of a resource, about all paths of the resource. */
export function otherMethods(
  operation: DeclaredOperation,
  operations: readonly DeclaredOperation[],
): readonly WrittenClause[] {
  if (!isList(operation)) return [];
  const unrouted = unroutedOf(operations);
  const own = `${operation.id}#` as const;
  const common = { cases: 'once', errata: ['other-methods-are-not-found'] } as const;
  return [
    {
      ...common,
      id: `${own}answers-other-methods-with-405`,
      statement: 'A method that a path does not have SHOULD be answered with 405, and the others in Allow.',
      quotes: [
        goodBehaviour(
          'A method that a path does not have is answered with 405 and the methods that it has in ``Allow``.',
        ),
      ],
      killedBy: ['compute:other-methods-not-found', 'compute:other-methods-without-allow'],
      check: async (ctx) => {
        const findings: Finding[] = [];
        for (const { method, has, on } of unrouted) {
          const response = await send(ctx, method, on);
          findings.push(...expectStatus(response, 405));
          for (const name of has) {
            findings.push(...expectHeader(response, 'allow', `a list with ${name}`, (value) => value.includes(name)));
          }
        }
        return findings;
      },
    },
    {
      ...common,
      id: `${own}answers-other-methods-in-json`,
      statement: 'A method that a path does not have SHOULD be answered with a fault body in JSON.',
      quotes: [goodBehaviour('A fault outside the operations has a fault body in JSON too.')],
      killedBy: ['compute:other-methods-answered-in-html'],
      check: async (ctx) => {
        const findings: Finding[] = [];
        for (const { method, on } of unrouted) {
          findings.push(...expectAnyFault(await send(ctx, method, on)));
          findings.push(...expectAnyFault(await send(ctx, method, on, ['accept'])));
        }
        return findings;
      },
    },
    {
      ...common,
      id: `${own}answers-head`,
      statement: 'HEAD SHOULD be answered like GET, without the body.',
      quotes: [goodBehaviour('Where GET is answered, HEAD is answered alike.')],
      killedBy: ['compute:head-not-found'],
      check: async (ctx) => expectResponse(await send(ctx, 'HEAD', operation), 200, expectNoBody),
    },
  ];
}

/** What the guard must know of these requests: the resources in their paths. */
export function otherMethodsOf(operations: readonly DeclaredOperation[]): readonly DeclaredChange[] {
  return unroutedOf(operations).map(({ method, path, on }) => ({
    call: `${method} ${path}`,
    refers: Object.fromEntries(
      Object.values(on.resources).flatMap(({ to, at }) =>
        at.flatMap((place): readonly (readonly [string, Reference])[] =>
          place.startsWith('path ') ? [[place, { to }]] : [],
        ),
      ),
    ),
  }));
}

/** Of operations of a path, the last one changes most: its resources may become dirty. */
function unroutedOf(operations: readonly DeclaredOperation[]): readonly Unrouted[] {
  const byPath = new Map<`/${string}`, DeclaredOperation[]>();
  for (const one of operations) byPath.set(pathOf(one), [...(byPath.get(pathOf(one)) ?? []), one]);
  // A path may also be that of an item: `/servers/detail` has the methods of `/servers/{server_id}`.
  const isItem = (path: string): boolean =>
    [...byPath.keys()].some((other) => other !== path && isOfCall({ call: `GET ${other}` }, 'GET', path));
  const paths = [...byPath].filter(([path]) => !isItem(path));
  return paths.flatMap(([path, sharing]) => {
    const has = [...new Set(sharing.map(({ call }) => call.split(' ')[0] ?? ''))];
    const on = sharing.at(-1);
    return on ? tried.filter((method) => !has.includes(method)).map((method) => ({ method, path, has, on })) : [];
  });
}

function pathOf({ call }: DeclaredOperation): `/${string}` {
  return call.slice(call.indexOf('/')) as `/${string}`;
}

async function send(
  ctx: CheckContext,
  method: string,
  operation: DeclaredOperation,
  without: readonly string[] = [],
): Promise<Exchange> {
  const { resources, makeDirty } = await operation.rejected(ctx);
  const response = await ctx.send({
    service: 'compute',
    method,
    path: fillPath(pathOf(operation), operation.request(resources).path),
    microversion: formatMicroversion(ctx.microversion),
    ...(method === 'HEAD' ? {} : { body: {} }),
    without,
    purpose: 'act',
  });
  if ((response.response?.status ?? 0) < 300 && method !== 'HEAD') makeDirty();
  return response;
}

/** A body with one key of any name, which contains the status and a message. */
function expectAnyFault(response: Exchange): readonly Finding[] {
  const { status } = responseOf(response);
  const fault = respondedWith(response, status);
  const body = fault && bodyOf(fault);
  const [key = '', ...rest] = Object.keys(jsonObject(body));
  const message = jsonText(atPointer(body, `/${key}/message`)) ?? '';
  if (rest.length === 0 && atPointer(body, `/${key}/code`) === status && message !== '') return [];
  const seen = response.response?.body.slice(0, 200) ?? '';
  return [{ kind: 'body', exchange: response.id, expected: 'an error body in JSON', seen }];
}
