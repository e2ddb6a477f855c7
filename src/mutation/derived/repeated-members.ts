/** Faults in identifiers that a response repeats: in the other letter case, or replaced by another one. */
import { pathText } from '../../contract/members.ts';
import { repeatedMembers, requestValue, describeFrom } from '../../contract/repeated.ts';
import type { Revision } from '../../contract/model.ts';
import type { Json } from '../../json.ts';
import type { DerivedFault } from '../derived-fault.ts';
import { editAt } from './edit-at.ts';
import { derive, edges, successBody, withBody, type FaultSubject } from './make.ts';

export function repeatedMemberFaults(subject: FaultSubject): readonly DerivedFault[] {
  const { operation } = subject;
  const namesIn = (revision: Revision): string =>
    repeatedMembers(operation, revision)
      .map(({ path }) => pathText(path))
      .join();
  return edges(subject, namesIn).flatMap((revision) =>
    repeatedMembers(operation, revision).flatMap(({ path, from, isNumber }) => {
      const name = pathText(path);
      const tampers: readonly (readonly [kind: string, summary: string, other: (value: Json) => Json])[] = [
        ['recases-member', `The response has ${name} in the other letter case.`, recased],
        ['other-identifier', `The response has another identifier than ${describeFrom(from)} in ${name}.`, another],
      ];
      const possible = tampers.filter(([kind]) => !isNumber || kind !== 'recases-member');
      return possible.map(([kind, summary, other]) =>
        derive(subject, {
          kind,
          about: name,
          range: revision.range,
          summary,
          change: ({ request }, response) => {
            const body = successBody(response);
            if (body === undefined || requestValue(operation, request, from) === undefined) return undefined;
            const edited = editAt(
              body,
              path,
              (object, key) => ({ ...object, [key]: other(object[key] ?? null) }),
              'where it is',
            );
            return edited === undefined ? undefined : withBody(response, edited);
          },
        }),
      );
    }),
  );
}

/** A value without letters stays unchanged. */
function recased(value: Json): Json {
  if (typeof value !== 'string') return value;
  const upper = value.toUpperCase();
  return upper === value ? value.toLowerCase() : upper;
}

function another(value: Json): Json {
  return typeof value === 'number' ? value + 1 : '00000000-0000-4000-8000-000000000000';
}
