/** What lists of servers have. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { bodyOf, expectResponse, type Checked } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { atPointer, jsonList, jsonText } from '../../../src/json.ts';

/** The servers of the project. */
export function observeList(ctx: CheckContext): Promise<Exchange> {
  return ctx.send({ service: 'compute', method: 'GET', path: '/servers', purpose: 'observation' });
}

/** Those whose names begin with a text, in detail. */
export function observeNamed(ctx: CheckContext, name: string, version?: string): Promise<Exchange> {
  return ctx.send({
    ...{ service: 'compute', method: 'GET', path: '/servers/detail', query: `name=${encodeURIComponent(name)}` },
    ...(version !== undefined && { microversion: version }),
    purpose: 'observation',
  });
}

export function idsIn(listed: Checked): readonly string[] {
  return jsonList(atPointer(bodyOf(listed), '/servers')).map((each) => jsonText(atPointer(each, '/id')) ?? 'none');
}

/** Whether a list has the server. */
export function expectListed(response: Exchange, id: string, isListed: boolean): readonly Finding[] {
  return expectResponse(response, 200, (list) => {
    const at = idsIn(list).indexOf(id);
    if (at >= 0 === isListed) return [];
    return [
      {
        kind: 'value',
        exchange: list.id,
        pointer: isListed ? '/servers' : `/servers/${at}`,
        expected: isListed ? `a server with the id ${id}` : 'no such server',
        seen: isListed ? idsIn(list).slice(0, 5) : id,
      },
    ];
  });
}
