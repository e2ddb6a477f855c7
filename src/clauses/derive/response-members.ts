/** The body that a response must have before its members can be judged. */
import { pathText } from '../../contract/members.ts';
import type { DocumentedResponse, Revision } from '../../contract/model.ts';
import { atPointer, isJsonObject, type Json } from '../../json.ts';
import { Unreached } from '../../execution/errors.ts';
import type { CheckContext } from '../check-context.ts';

export function responseBody({ responses }: Revision): DocumentedResponse['body'] {
  return responses[0].body;
}

/**
 * Checks that the body has its outermost object. Its absence is a finding of the clause on the body or on that object;
 * clauses on members inside it are not decided.
 *
 * @throws Unreached
 */
export function expectEnvelope(
  { operation, revision }: CheckContext,
  body: Json | undefined,
  key: string | undefined,
): void {
  const promised = responseBody(revision);
  if (promised.kind !== 'json') return;
  const unreached = (what: string): Unreached =>
    new Unreached(
      `${operation.id} answers with ${what}`,
      `The response of ${operation.id} is not ${what}, so its members cannot be judged.`,
    );
  if (body === undefined) throw unreached('a JSON body');
  if (promised.shape.type !== 'object') return;
  if (!isJsonObject(body)) throw unreached('a JSON object');
  const envelope = promised.shape.members.find(({ name }) => name === key);
  const isFirm = envelope?.required === true && envelope.shape.type === 'object' && !envelope.shape.nullable;
  if (isFirm && !isJsonObject(atPointer(body, pathText([envelope.name])))) {
    throw unreached(`a JSON object with an object in ${envelope.name}`);
  }
}
