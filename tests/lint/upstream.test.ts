/** The slips of Nova's reference that a survey by hand found, and no more of them than it counted. */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lintTree } from '../../src/lint/lint-tree.ts';
import type { LintReport } from '../../src/records/lint.ts';
import { loadTree } from '../../src/reference/load-tree.ts';

const shared = new URL('../../../shared/', import.meta.url);
const here = existsSync(shared);
const reason = here ? '' : ' (skipped: ../shared is not here)';
const lint = (name: string, base?: string): LintReport => {
  const at = (place: string): string => new URL(place, shared).pathname;
  return lintTree(loadTree(at(name)), base === undefined ? {} : { base: loadTree(at(base)) });
};
const empty: LintReport = { diagnostics: [], operations: 0, definitions: 0 };

const surveyed: readonly (readonly [string, number])[] = [
  // Three of the eleven that no operation lists are listed by the text about request ids.
  ['unused-definition', 8],
  ['included-twice', 2],
  ['missing-comma', 3],
  ['missing-required', 4],
  ['path-parameter-surplus', 1],
  ['path-parameter-unlisted', 0],
  ['undefined-parameter', 0],
  ['duplicate-key', 0],
  ['misspelt-key', 0],
  ['unquoted-version', 17],
  ['sample-caption-version', 0],
  ['unusual-type', 3],
  ['status-name-spelling', 16],
  // Of the five operations with several three say their microversions, two of them in a note.
  ['undivided-codes', 2],
  ['no-codes', 1],
  ['no-error-codes', 2],
];

describe.skipIf(!here)(`Nova's reference of August 2026${reason}`, () => {
  const { diagnostics, operations, definitions } = here ? lint('reference/nova-2026-08') : empty;
  const of = (code: string) => diagnostics.filter((diagnostic) => diagnostic.code === code);

  test('has 251 operations, 949 definitions and no error', () => {
    expect({ operations, definitions }).toEqual({ operations: 251, definitions: 949 });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test.each(surveyed)('has %s %d times', (code, count) => {
    expect(of(code)).toHaveLength(count);
  });

  test('has 8 groups of definitions that say the same', () => {
    const firsts = of('identical-definition').map(({ expected }) => expected);
    expect(new Set(firsts).size).toBe(8);
    expect(firsts).toContain('volumeId_resp instead');
    expect(firsts).toContain('instance_id_body instead');
    expect(firsts).toContain('attachment_server_id_resp instead');
  });

  test('misspells the names that the survey names, among others', () => {
    const told = of('misspelt-parameter').map(
      ({ at, expected }) => `${at.file.split('/').at(-1) ?? ''}:${at.line} ${expected}`,
    );
    expect(told).toEqual(
      expect.arrayContaining([
        'os-volumes.inc:199 attachments.device',
        'os-hypervisors.inc:53 hypervisors_links',
        'os-hypervisors.inc:130 hypervisors_links',
        'os-server-shares.inc:82 share',
      ]),
    );
    expect(told).toHaveLength(9);
  });

  test('says at the sample which required fields it lacks', () => {
    const lacking = of('sample-lacks-field').find(({ at }) => at.file.endsWith('os-volume-attachments.inc'));
    expect(lacking?.message).toContain('volumeAttachment.tag');
    expect(lacking?.message).toContain('v2.85/update-volume-attachment-delete-flag-req.json (2.85)');
  });
});

describe.skipIf(!here)(`the reference of January 2018${reason}`, () => {
  test('lists a body definition for the path of a volume attachment, twice', () => {
    const { diagnostics } = here ? lint('reference/nova-2018-01') : empty;
    const places = diagnostics.filter(({ code }) => code === 'path-parameter-place').map(({ at }) => at);
    expect(places.filter(({ file }) => file.endsWith('os-volume-attachments.inc')).map(({ line }) => line)).toEqual([
      120, 192,
    ]);
  });

  test('is found again in a copy that lost its indentation', () => {
    const { diagnostics } = here ? lint('seed', 'reference/nova-2018-01') : empty;
    const count = (code: string): number => diagnostics.filter((one) => one.code === code).length;
    expect([count('lost-indentation'), count('path-parameter-place')]).toEqual([1, 2]);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
