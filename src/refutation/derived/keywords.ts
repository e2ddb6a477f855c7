/** Keywords that limit a request member: not applied at all, or applied to a value that still fits. */
import { membersOf, pathText } from '../../contract/members.ts';
import type { Revision } from '../../contract/model.ts';
import { atPointer } from '../../json.ts';
import { keywordValues, type KeywordValues } from '../../schema/keyword-values.ts';
import type { DerivedFault } from '../derived-fault.ts';
import { derive, spans, type Ground } from './make.ts';
import { badRequest, bodyOf, takes } from './taking.ts';

export function keywordFaults(ground: Ground): readonly DerivedFault[] {
  const limits = new Map(
    ground.operation.revisions.flatMap((revision) =>
      [...limitsIn(ground, revision).keys()].map((key) => [key, key] as const),
    ),
  );
  return [...limits.keys()].flatMap((key) =>
    spans(ground, (revision) => limitsIn(ground, revision).has(key)).flatMap(({ range, revision }) => {
      const limit = limitsIn(ground, revision).get(key);
      if (!limit) return [];
      const { pointer, values } = limit;
      return [
        takes(
          ground,
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
        derive(ground, {
          kind: 'tightens-keyword',
          about: key,
          range,
          summary: `A ${pointer} that just fits its ${values.keyword} is refused.`,
          answer: (asked) => {
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

/** By the pointer and the keyword; those of which a value is known on both sides. */
function limitsIn({ operation }: Ground, { request }: Revision): ReadonlyMap<string, Limit> {
  if (request.body.kind !== 'json') return new Map();
  return new Map(
    membersOf(request.body.shape).flatMap(({ path, member }) => {
      const pointer = pathText(path);
      return keywordValues(operation, member.shape)
        .filter(({ inside, outside }) => inside.length > 0 && outside.length > 0)
        .map((values) => [`${pointer} ${values.keyword}`, { pointer, values }] as const);
    }),
  );
}
