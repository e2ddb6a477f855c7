/** Faults in schema keywords that limit a request member: not applied, or applied to a value that is still valid. */
import { ITEMS, membersOf, pathText } from '../../contract/members.ts';
import type { Revision } from '../../contract/model.ts';
import { atPointer } from '../../json.ts';
import { keywordValues, type KeywordValues } from '../../schema/keyword-values.ts';
import type { DerivedFault } from '../derived-fault.ts';
import { derive, spans, type FaultSubject } from './make.ts';
import { badRequest, bodyOf, accepts } from './taking.ts';

export function keywordFaults(subject: FaultSubject): readonly DerivedFault[] {
  const limits = new Map(
    subject.operation.revisions.flatMap((revision) =>
      [...limitsIn(subject, revision).keys()].map((key) => [key, key] as const),
    ),
  );
  return [...limits.keys()].flatMap((key) =>
    spans(subject, (revision) => limitsIn(subject, revision).has(key)).flatMap(({ range, revision }) => {
      const limit = limitsIn(subject, revision).get(key);
      if (!limit) return [];
      const { pointer, values } = limit;
      return [
        accepts(
          subject,
          {
            kind: 'drops-keyword',
            about: key,
            range,
            revision,
            summary: `The ${values.keyword} of ${pointer} is not applied.`,
          },
          ({ request }) => {
            const value = atPointer(bodyOf(request), pointer);
            return value !== undefined && values.isBrokenBy(value);
          },
        ),
        derive(subject, {
          kind: 'tightens-keyword',
          about: key,
          range,
          summary: `A ${pointer} that is just within its ${values.keyword} is refused.`,
          respond: (asked) => {
            const value = atPointer(bodyOf(asked.request), pointer);
            return value !== undefined && values.isLast(value) ? badRequest(asked) : undefined;
          },
        }),
      ];
    }),
  );
}

interface Limit {
  readonly pointer: string;
  readonly values: KeywordValues;
}

/** By pointer and keyword; only limits with known values on both sides. */
function limitsIn({ operation }: FaultSubject, { request }: Revision): ReadonlyMap<string, Limit> {
  if (request.body.kind !== 'json') return new Map();
  return new Map(
    membersOf(request.body.shape).flatMap(({ path, member }) => {
      // Those in items of lists have no single location for a value: no clause is derived for them either.
      if (path.includes(ITEMS)) return [];
      const pointer = pathText(path);
      return keywordValues(operation, member.shape)
        .filter(({ inside, outside }) => inside.length > 0 && outside.length > 0)
        .map((values) => [`${pointer} ${values.keyword}`, { pointer, values }] as const);
    }),
  );
}
