/** Checks the response of a documented operation against the schema of the contract at the applied microversion. */
import { headerValue, type Exchange } from '../client/exchange.ts';
import { receivedIn } from '../client/received.ts';
import type { Contract } from '../contract/model.ts';
import { parseMicroversion, type Microversion } from '../microversion.ts';
import { respondedWith, expectNoBody, expectSchema } from './matchers.ts';
import type { Finding } from './verdict.ts';
import type { TestedService } from '../execution/tested-service.ts';

/** Empty for an error response, an undocumented status, and a request without a microversion. */
export function expectDocumentedForm(
  { contract, schemas }: Pick<TestedService, 'contract' | 'schemas'>,
  exchange: Exchange,
): readonly Finding[] {
  const { operation, response } = exchange;
  const version = appliedVersion(contract, exchange);
  if (operation === undefined || !response || !version) return [];
  const content = schemas.response(operation, version, response.status);
  const checked = content && respondedWith(exchange, response.status);
  if (!checked) return [];
  return content.kind === 'json'
    ? expectSchema(checked, content.schema)
    : content.kind === 'none'
      ? expectNoBody(checked)
      : [];
}

/** The requested microversion; for `latest` the one that the response names. */
export function appliedVersion({ microversions }: Contract, exchange: Exchange): Microversion | undefined {
  if (!microversions) return undefined;
  const header = microversions.header.toLowerCase();
  const asked = headerValue(exchange.request.headers, header)?.split(' ').at(-1);
  const text =
    asked === 'latest'
      ? headerValue(receivedIn(exchange)?.headers ?? [], header)
          ?.split(' ')
          .at(-1)
      : asked;
  return text === undefined ? undefined : parseMicroversion(text);
}
