/** Profiles: what can be said in them, and where a wrong one is told off. */
import { expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/diagnostic.ts';
import { readProfile } from '../../src/target/profile.ts';

const words = { identities: ['member', 'reader'], capabilities: ['resize'], fixtures: ['flavor', 'image'] };

test('a profile names everything that a run needs', () => {
  const text = [
    'name: Lab',
    'clouds: { member: lab, reader: lab-reader }',
    'capabilities: { resize: no }',
    'fixtures: { flavor: m1.tiny }',
    'limits: { concurrency: 2, servers: 8, volumes: 20 }',
    'waivers: known.yaml',
  ].join('\n');
  expect(readProfile(text, 'lab.yaml', words)).toEqual({
    profile: {
      name: 'Lab',
      clouds: { member: 'lab', reader: 'lab-reader' },
      capabilities: { resize: false },
      fixtures: { flavor: 'm1.tiny' },
      limits: { concurrency: 2 },
      resourceLimits: [
        { type: 'servers', count: 8, at: { file: 'lab.yaml', line: 5, column: 36 } },
        { type: 'volumes', count: 20, at: { file: 'lab.yaml', line: 5, column: 48 } },
      ],
      waivers: 'known.yaml',
    },
    diagnostics: [],
  });
});

const wrong: readonly (readonly [string, string, string])[] = [
  ['an empty file', '', 'p.yaml:1:1: error no-profile: the file is not a profile; expected a map with name, clouds'],
  ['a list', '- a', 'p.yaml:1:1: error no-profile: the file is not a profile'],
  ['a misspelt key', 'cloud: {}', 'p.yaml:1:1: error misspelt-key: the key cloud is not known; expected clouds'],
  ['an unknown identity', 'clouds:\n  root: a', 'p.yaml:2:3: error unknown-key: the key root is not known'],
  ['an empty name', 'clouds:\n  member:', 'p.yaml:2:10: error no-name: member is empty; expected a name'],
  ['an odd flag', 'capabilities: { resize: perhaps }', 'p.yaml:1:25: error yaml-value: resize is "perhaps"'],
  ['no limit', 'limits: { servers: -1 }', 'p.yaml:1:20: error yaml-value: servers is "-1"; expected a whole number'],
  ['a limit that is no number', 'limits: { volumes: [1] }', 'p.yaml:1:20: error yaml-kind: a list stands here'],
  ['two targets', 'simulator: "2.60"\nclouds: { member: a }', 'p.yaml:1:1: error two-targets: '],
  ['broken YAML', 'clouds: {', 'p.yaml:'],
];

test.each(wrong)('%s is told with its place', (_, text, says) => {
  expect(readProfile(text, 'p.yaml', words).diagnostics.map(formatDiagnostic).join('\n')).toContain(says);
});

const secrets = [
  'password',
  'auth',
  'token',
  'secret',
  'application_credential_secret',
  'username',
  'api_key',
  'OS_PASSWORD',
];

test.each(secrets)('a key %s is refused, and its value is told nowhere', (key) => {
  for (const text of [`${key}: hunter2`, `clouds:\n  ${key}: hunter2`, `name: x\nother:\n  - { ${key}: hunter2 }`]) {
    const { profile, diagnostics } = readProfile(text, 'p.yaml', words);
    const told = diagnostics.map(formatDiagnostic).join('\n');
    expect(told).toContain(
      `error credential-in-profile: a profile must not contain credentials, and "${key}" looks like one`,
    );
    expect(told + JSON.stringify(profile)).not.toContain('hunter2');
  }
});
