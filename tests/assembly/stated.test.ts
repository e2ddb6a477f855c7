/** What texts state of a value besides its type: null, the values that it may have, its format. */
import { expect, test } from 'vitest';
import { assembleContract } from '../../src/assembly/assemble.ts';
import { statedFormat, statedValues } from '../../src/assembly/stated-facets.ts';
import { statedLength } from '../../src/assembly/stated-length.ts';
import { nullOf, statesNullOfAll } from '../../src/assembly/stated-null.ts';
import { isUnlimited } from '../../src/assembly/stated-range.ts';
import { formatRange, type MicroversionRange } from '../../src/microversion.ts';
import type { ParameterDefinition, ReferenceOperation } from '../../src/reference/model.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';
import { sketch } from './sketch.ts';
import { tinyManifest } from './tiny-reference.ts';

const at = { file: 'parameters.yaml', line: 1, column: 1 };

function definition(description: string, type = 'string'): ParameterDefinition {
  return { key: 'p', at, description, lines: [], in: 'body', type, required: false, extra: {} };
}

function spell(range: MicroversionRange | undefined): string {
  if (!range) return 'never';
  return isUnlimited(range) ? 'always' : formatRange(range);
}

test.each([
  ['A tag or ``null``.', 'string', 'always'],
  ['A host. If ``null`` is specified, one is chosen.', 'string', 'always'],
  ['A host. If you specify ``null`` or nothing, one is chosen.', 'string', 'always'],
  ['A host. If this is ``None``, one is chosen.', 'string', 'always'],
  ['A time. Where nothing happened, this shows as ``null``.', 'string', 'always'],
  ['The reason, ``null`` if there is none.', 'string', 'always'],
  ['A path. Leave it out or set it to null to have one chosen.', 'string', 'always'],
  ['The index, by default ``None``.', 'integer', 'always'],
  ['A list of names. The value is ``null`` if there are none.', 'array', 'always'],
  ['A zone. Since microversion 2.91 ``"zone":null`` unpins it.', 'string', '2.91-'],
  ['A zone. It may be ``null`` up to microversion 2.9.', 'string', '0.0-2.9'],
  ['A name. It cannot be ``null``.', 'string', 'never'],
  ['A name. The ``null`` value was allowed once in the legacy API.', 'string', 'never'],
  ['A zone, which cannot be unset to ``null``.', 'string', 'never'],
  ['A word. Changing it from one non-null word to another fails.', 'string', 'never'],
  ['Pairs. Of existing keys, those with the value ``null`` are removed.', 'object', 'never'],
  ['A name. None of them is reserved.', 'string', 'never'],
])('"%s" of a %s allows null: %s', (description, type, expected) => {
  expect(spell(nullOf(definition(description, type)))).toBe(expected);
});

test('a sentence about every field of a reply', () => {
  const says = (text: string): boolean => {
    const paragraph = { text, at, side: 'response' as const };
    return statesNullOfAll({ paragraphs: [paragraph] } as unknown as ReferenceOperation);
  };
  expect(says('Where a driver cannot tell a field, the field is reported as ``None``.')).toBe(true);
  expect(says('All fields are there.')).toBe(false);
});

test('a version in the text of a service without microversions limits nothing', () => {
  const definitions =
    'name:\n  description: May be ``null`` if made prior to version 2.7.\n  in: body\n  required: true\n  type: string\n';
  const tree = treeOf({
    'things.inc':
      'Show\n====\n\n.. rest_method:: GET /things\n\nNormal response codes: 200\n\nResponse\n--------\n\n.. rest_parameters:: parameters.yaml\n\n  - name: name\n',
    'parameters.yaml': definitions,
  });
  const { service, origin, operations } = tinyManifest;
  const { contract } = assembleContract(readReference(tree), { service, origin, operations });
  const bodies = contract.operations.flatMap(({ revisions }) => revisions.map(({ responses: [{ body }] }) => body));
  expect(bodies.map((body) => (body.kind === 'json' ? sketch(body.shape) : body.kind))).toEqual([
    '{name@1.0-: string|null}',
  ]);
});

const modes = 'fast slow';

test.each([
  ['The mode. Valid values are ``fast`` and ``slow``.', modes],
  ['The mode, either ``fast`` or ``slow``.', modes],
  ['The mode. One of ``fast`` or ``slow``. By default ``fast``.', modes],
  ['The mode. A valid value is ``fast``, ``slow``, or ``off``.', 'fast slow off'],
  ['The mode, ``fast`` or ``slow`` are valid.', modes],
  ['The mode. The only valid value is ``fast``.', 'fast'],
  ['The mode. A valid value is ``fast``.', 'fast'],
  ['The mode. By default a valid value is ``fast``.', ''],
  ['The mode. The value is either:\n\n- ``fast``. At once.\n\n- ``slow``. Some\n  time later.\n', modes],
  ['The mode. Valid values are:\n\n* ``fast``: at once\n* ``slow`` (since microversion ``2.7``)', 'fast slow@2.7-'],
  [
    'The mode. The valid values are ``fast``, ``slow`` and ``off``. The mode ``slow`` was added in Microversion ``2.7`` and the mode ``off`` was added in Microversion ``2.9``.',
    'fast slow@2.7- off@2.9-',
  ],
  ['The mode. Some example values can be: ``fast``, ``slow``.', ''],
  ['The mode, such as ``fast`` or ``slow``.', ''],
  ['A mode. One of ``fast``, ``slow`` or the name of another.', ''],
  ['A mode. Valid values are:\n\n* ``fast``\n* any other word', ''],
  ['The mode. Modes are limited to:\n\n- ``fast``\n\n- ``slow`` (New in version 2.7)\n\nMore prose.', 'fast slow@2.7-'],
])('the values of "%s": %s', (description, expected) => {
  const values = statedValues(definition(description)).map(({ value, range }) => {
    return isUnlimited(range) ? value : `${value}@${spell(range)}`;
  });
  expect(values.join(' ')).toBe(expected);
});

test.each([
  ['The UUID of the thing.', 'uuid'],
  ['UUID of a thing.', 'uuid'],
  ['The UUID for a thing.', 'uuid'],
  ['The id of the thing as a UUID.', 'uuid'],
  ['The UUID or name of the thing.', undefined],
  ['The name of the thing. Its UUID is another member.', undefined],
  ['A list of UUIDs of things.', undefined],
  ['The date and time of the change, as CCYY-MM-DDThh:mm:ss±hh:mm.', 'date-time'],
  ['The date and time of the change, such as 2001-01-01T00:00:00.', undefined],
])('the format of "%s": %s', (description, expected) => {
  expect(statedFormat(definition(description))).toBe(expected);
});

test.each([
  ['A reason. Limited to 255 characters in length.', '..255'],
  ['A script. Restricted to 65535 bytes.', '..65535'],
  ['A reason. Minimum length is 1, and maximum length is 255.', '1..255'],
  ['A name of 1-64 characters.', '1..64'],
  ['A name. It must not exceed 80 characters.', '..80'],
  ['A name of up to 255 characters.', '..255'],
  ['A name. Maximum length is 232 characters.', '..232'],
  ['A name. Starting with microversion 2.94, this may have up to 255 characters.', '..255 2.94-'],
  ['A name. Each of its words is limited to 60 characters.', ''],
  ['The name has a suffix, which can be 1-64 characters long.', ''],
  ['A word, one of these:\n\n- a name of 1 to 64 characters\n- an address', ''],
  ['A name. At most 5 servers may have it.', ''],
])('the length of "%s": %s', (description, expected) => {
  const { least = '', greatest = '', range } = statedLength(definition(description)) ?? {};
  const span = least === '' && greatest === '' ? '' : `${least}..${greatest}`;
  expect(range && !isUnlimited(range) ? `${span} ${formatRange(range)}` : span).toBe(expected);
});
