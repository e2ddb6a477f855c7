/**
 * A profile: the name of a target, its identities, its capabilities, and the fixtures to use.
 *
 * It names entries of clouds.yaml and never contains a credential, because it is a file to commit and share.
 */
import { quoted, type Diagnostic, type Position, type Report } from '../diagnostic.ts';
import { asText, mapField, reportUnknownKeys, textField } from '../yaml-fields.ts';
import { parseYaml, type YamlMap, type YamlNode } from '../yaml.ts';

export interface Profile {
  readonly name?: string;
  /** Entries of clouds.yaml by identity. */
  readonly clouds: Readonly<Record<string, string>>;
  /** Newest microversion of the release that the embedded cloud simulates; instead of clouds. */
  readonly simulator?: string;
  readonly capabilities: Readonly<Record<string, boolean>>;
  /** Names or ids by kind. */
  readonly fixtures: Readonly<Record<string, string>>;
  readonly limits: Readonly<Partial<Record<ProfileLimit, number>>>;
  /** The other entries under `limits`: resources at the same time, by resource type, which suites declare. */
  readonly resourceLimits: readonly ResourceLimit[];
  /** A file of known failures, relative to the profile. */
  readonly waivers?: string;
}

export interface ResourceLimit {
  readonly type: string;
  readonly count: number;
  readonly at: Position;
}

/** Limits that are about requests and not about resources. */
export const profileLimits = ['concurrency', 'requests-per-second'] as const;
export type ProfileLimit = (typeof profileLimits)[number];

/** The allowed keys in the sections. */
export interface ProfileWords {
  readonly identities: readonly string[];
  readonly capabilities: readonly string[];
  readonly fixtures: readonly string[];
}

export interface ReadProfile {
  /** Missing when the file is not a map. */
  readonly profile?: Profile;
  readonly diagnostics: readonly Diagnostic[];
}

const sections = ['name', 'clouds', 'simulator', 'capabilities', 'fixtures', 'limits', 'waivers'] as const;

export function readProfile(text: string, file: string, words: ProfileWords): ReadProfile {
  const { root, diagnostics } = parseYaml(text, file);
  const found = [...diagnostics];
  const report: Report = (diagnostic) => void found.push(diagnostic);
  if (root?.kind !== 'map') {
    const at = root?.at ?? { file, line: 1, column: 1 };
    const message = 'the file is not a profile';
    if (diagnostics.length === 0)
      report({ severity: 'error', code: 'no-profile', at, message, expected: `a map with ${sections.join(', ')}` });
    return { diagnostics: found };
  }
  const map = withoutCredentials(root, report);
  reportUnknownKeys(map, sections, 'error', report);
  const simulator = textField(map, 'simulator', report);
  const clouds = namesIn(map, 'clouds', words.identities, report);
  if (simulator !== undefined && Object.keys(clouds).length > 0) {
    const message = 'the profile has both simulator and clouds';
    report({ severity: 'error', code: 'two-targets', at: map.at, message, expected: 'simulator or clouds' });
  }
  const name = textField(map, 'name', report);
  const waivers = textField(map, 'waivers', report);
  const profile: Profile = {
    ...(name !== undefined && { name }),
    ...(simulator !== undefined && { simulator }),
    clouds,
    capabilities: flagsIn(map, words.capabilities, report),
    fixtures: namesIn(map, 'fixtures', words.fixtures, report),
    ...limitsIn(map, report),
    ...(waivers !== undefined && { waivers }),
  };
  return { profile, diagnostics: found };
}

/** Non-empty texts by known keys. */
function namesIn(map: YamlMap, section: string, known: readonly string[], report: Report): Profile['fixtures'] {
  const part = mapField(map, section, report);
  if (!part) return {};
  reportUnknownKeys(part, known, 'error', report);
  const entries = part.entries.flatMap(({ key, value }): readonly (readonly [string, string])[] => {
    const text = asText(value, key, report);
    if (text === '')
      report({ severity: 'error', code: 'no-name', at: value.at, message: `${key} is empty`, expected: 'a name' });
    return text ? [[key, text]] : [];
  });
  return Object.fromEntries(entries);
}

function flagsIn(map: YamlMap, known: readonly string[], report: Report): Profile['capabilities'] {
  const part = mapField(map, 'capabilities', report);
  if (!part) return {};
  reportUnknownKeys(part, known, 'error', report);
  const entries = part.entries.flatMap(({ key, value }): readonly (readonly [string, boolean])[] => {
    const word = asText(value, key, report)?.toLowerCase();
    if (word === undefined) return [];
    const says = ['true', 'yes'].includes(word) ? true : ['false', 'no'].includes(word) ? false : undefined;
    if (says !== undefined) return [[key, says]];
    const message = `${key} is ${quoted(word)}`;
    report({ severity: 'error', code: 'yaml-value', at: value.at, message, expected: 'true or false' });
    return [];
  });
  return Object.fromEntries(entries);
}

function limitsIn(map: YamlMap, report: Report): Pick<Profile, 'limits' | 'resourceLimits'> {
  const part = mapField(map, 'limits', report);
  const entries = (part?.entries ?? []).flatMap(({ key, value }): readonly ResourceLimit[] => {
    const text = asText(value, key, report);
    if (text === undefined) return [];
    if (/^[1-9]\d*$/.test(text)) return [{ type: key, count: Number(text), at: value.at }];
    const message = `${key} is ${quoted(text)}`;
    report({ severity: 'error', code: 'yaml-value', at: value.at, message, expected: 'a whole number of at least 1' });
    return [];
  });
  const isOfRequests = ({ type }: ResourceLimit): boolean => profileLimits.some((name) => name === type);
  return {
    limits: Object.fromEntries(entries.filter(isOfRequests).map(({ type, count }) => [type, count])),
    resourceLimits: entries.filter((one) => !isOfRequests(one)),
  };
}

const secretKey =
  /pass(wor[dt]|wd|phrase|code)|secret|token|credential|^auth|private|api.?key|^user(name|_id|_name)?$/i;

/** Reports every credential and removes it, so that no other message repeats it. */
function withoutCredentials(map: YamlMap, report: Report): YamlMap {
  const entries = map.entries.flatMap((entry) => {
    if (!secretKey.test(entry.key)) return [{ ...entry, value: cleanOf(entry.value, report) }];
    const message = `a profile must not contain credentials, and ${quoted(entry.key)} looks like one`;
    const expected = 'the credential in clouds.yaml or secure.yaml, and the name of that cloud here, under clouds';
    report({ severity: 'error', code: 'credential-in-profile', at: entry.at, message, expected });
    return [];
  });
  return { ...map, entries };
}

function cleanOf(node: YamlNode, report: Report): YamlNode {
  if (node.kind === 'map') return withoutCredentials(node, report);
  return node.kind === 'list' ? { ...node, items: node.items.map((item) => cleanOf(item, report)) } : node;
}
