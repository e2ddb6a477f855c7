/**
 * Typed fields of YAML nodes: definitions, manifests, errata, profiles and waivers are read with these.
 *
 * Each function reports what it cannot read, with what it expected there, and returns undefined; a field that is
 * absent is reported only by the functions whose names begin with `require`.
 */
import { excerpt, quoted, type Position, type Report, type Severity } from './diagnostic.ts';
import { nearWord } from './near-word.ts';
import type { YamlEntry, YamlList, YamlMap, YamlNode } from './yaml.ts';

export function fieldOf(map: YamlMap, key: string): YamlEntry | undefined {
  return map.entries.find((entry) => entry.key === key);
}

export function asMap(node: YamlNode, what: string, report: Report): YamlMap | undefined {
  if (node.kind === 'map') return node;
  reportKind(node, `a map for ${what}`, report);
  return undefined;
}

export function asList(node: YamlNode, what: string, report: Report): YamlList | undefined {
  if (node.kind === 'list') return node;
  reportKind(node, `a list for ${what}`, report);
  return undefined;
}

export function asText(node: YamlNode, what: string, report: Report): string | undefined {
  if (node.kind === 'text') return node.text;
  reportKind(node, `text for ${what}`, report);
  return undefined;
}

export function mapField(map: YamlMap, key: string, report: Report): YamlMap | undefined {
  const field = fieldOf(map, key);
  return field && asMap(field.value, key, report);
}

export function listField(map: YamlMap, key: string, report: Report): YamlList | undefined {
  const field = fieldOf(map, key);
  return field && asList(field.value, key, report);
}

export function textField(map: YamlMap, key: string, report: Report): string | undefined {
  const field = fieldOf(map, key);
  return field && asText(field.value, key, report);
}

/** A list of texts; items that are not text are reported and left out. */
export function textListField(map: YamlMap, key: string, report: Report): readonly string[] | undefined {
  return listField(map, key, report)?.items.flatMap((item) => asText(item, `an item of ${key}`, report) ?? []);
}

/** `true` or `false`, in any letter case. */
export function flagField(map: YamlMap, key: string, report: Report): boolean | undefined {
  const field = fieldOf(map, key);
  const text = field && asText(field.value, key, report);
  if (!field || text === undefined) return undefined;
  const word = text.toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  const message = `${key} is ${quoted(text)}`;
  report({ severity: 'error', code: 'yaml-value', at: field.value.at, message, expected: 'true or false' });
  return undefined;
}

export function requireField(map: YamlMap, key: string, report: Report): YamlNode | undefined {
  const field = fieldOf(map, key);
  if (!field) reportMissing(map.at, key, report);
  return field?.value;
}

export function requireText(map: YamlMap, key: string, report: Report): string | undefined {
  const node = requireField(map, key, report);
  return node && asText(node, key, report);
}

export function requireList(map: YamlMap, key: string, report: Report): YamlList | undefined {
  const node = requireField(map, key, report);
  return node && asList(node, key, report);
}

export function requireMap(map: YamlMap, key: string, report: Report): YamlMap | undefined {
  const node = requireField(map, key, report);
  return node && asMap(node, key, report);
}

/** Reports every key that is not known, and names the one that was probably meant. */
export function reportUnknownKeys(map: YamlMap, known: readonly string[], severity: Severity, report: Report): void {
  for (const { key, at } of map.entries) {
    if (known.includes(key)) continue;
    const meant = nearWord(key, known);
    const expected = meant ?? `one of ${known.join(', ')}`;
    const code = meant === undefined ? 'unknown-key' : 'misspelt-key';
    report({ severity, code, at, message: `the key ${excerpt(key)} is not known`, expected });
  }
}

function reportMissing(at: Position, key: string, report: Report): void {
  report({
    severity: 'error',
    code: 'missing-key',
    at,
    message: `there is no ${key} here`,
    expected: `the key ${key}`,
  });
}

function reportKind(node: YamlNode, expected: string, report: Report): void {
  const found = node.kind === 'text' ? 'text' : `a ${node.kind}`;
  report({ severity: 'error', code: 'yaml-kind', at: node.at, message: `${found} stands here`, expected });
}
