/** Identifiers that a reply repeats, in letters of the other case, or another one in their place. */
import { pathText } from '../../contract/members.ts';
import { repeatedMembers, requestValue, wordFrom } from '../../contract/repeated.ts';
import type { Json } from '../../json.ts';
import type { DerivedFault } from '../derived-fault.ts';
import { editAt } from './edit-at.ts';
import { derive, revisionsWhere, successBody, withBody, type Ground } from './make.ts';

export function repeatedMemberFaults(ground: Ground): readonly DerivedFault[] {
  const { operation } = ground;
  return revisionsWhere(ground, () => true).flatMap((revision) =>
    repeatedMembers(operation, revision).flatMap(({ path, from }) => {
      const name = pathText(path);
      const tampers: readonly (readonly [kind: string, summary: string, other: (value: Json) => Json])[] = [
        ['recases-member', `The reply has ${name} in letters of the other case.`, recased],
        ['other-identifier', `The reply has another identifier than ${wordFrom(from)} in ${name}.`, another],
      ];
      return tampers.map(([kind, summary, other]) =>
        derive(ground, {
          kind,
          about: name,
          range: revision.range,
          summary,
          change: ({ request }, reply) => {
            const body = successBody(reply);
            if (body === undefined || requestValue(operation, request, from) === undefined) return undefined;
            const edited = editAt(
              body,
              path,
              (object, key) => ({ ...object, [key]: other(object[key] ?? null) }),
              'where it is',
            );
            return edited === undefined ? undefined : withBody(reply, edited);
          },
        }),
      );
    }),
  );
}

/** A value without letters stays as it is. */
function recased(value: Json): Json {
  if (typeof value !== 'string') return value;
  const upper = value.toUpperCase();
  return upper === value ? value.toLowerCase() : upper;
}

function another(value: Json): Json {
  return typeof value === 'number' ? value + 1 : '00000000-0000-4000-8000-000000000000';
}
