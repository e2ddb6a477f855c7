/** Resource types of the network service, whose error responses name a type and no code. */
import type { Exchange } from '../../src/client/exchange.ts';
import { bodyOf, respondedWith } from '../../src/clauses/checked.ts';
import { poll } from '../../src/execution/poll.ts';
import { sendRequest } from '../../src/execution/send-request.ts';
import { isJsonObject, jsonObject } from '../../src/json.ts';
import { listedType } from '../../src/resources/define-resource-type.ts';
import type { ResourceKind } from '../../src/resources/resource-type.ts';

export const service = 'network';

export interface NetworkType extends Pick<ResourceKind, 'type' | 'removalOrder' | 'command' | 'named'> {
  readonly path: `/${string}`;
  /** The key of its list. */
  readonly key: string;
}

export function networkType({ path, ...definition }: NetworkType): ResourceKind {
  return {
    ...listedType({ ...definition, service, path, ids: 'uuid', pages: 'marker' }),
    remove: async (run, id, as, timeoutMs) => {
      const ask = (): Promise<Exchange> =>
        sendRequest(run, { service, method: 'DELETE', path: `${path}/${id}`, as, purpose: 'clean-up' });
      return (await poll(ask, isAbsent, timeoutMs)).isMet;
    },
  };
}

function isAbsent(exchange: Exchange): boolean {
  const refused = respondedWith(exchange, 404);
  return refused !== undefined && isJsonObject(jsonObject(bodyOf(refused)).NeutronError);
}
