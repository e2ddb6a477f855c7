/** `parameters.yaml`: what each parameter is, where it stands and since which microversion. */
import { excerpt, quoted, type Report, type Severity } from '../diagnostic.ts';
import type { Microversion } from '../microversion.ts';
import { asMap, fieldOf, reportUnknownKeys, textField } from '../yaml-fields.ts';
import { parseYaml, type YamlEntry, type YamlMap } from '../yaml.ts';
import type { ParameterDefinition, ParameterFile, Place } from './model.ts';
import { checkType } from './parameter-types.ts';
import { descriptionLines } from './description-lines.ts';
import { readVersion, reportUpsideDown } from './read-version.ts';

/** A file with the keys of the entries that are there but cannot be used; they are reported already. */
export interface DefinitionFile extends ParameterFile {
  readonly byKey: ReadonlyMap<string, ParameterDefinition>;
  readonly unusable: ReadonlySet<string>;
}

const KEYS: readonly string[] = ['description', 'format', 'in', 'max_version', 'min_version', 'required', 'type'];
const PLACES: readonly Place[] = ['header', 'path', 'query', 'body'];

export function readDefinitions(text: string, file: string, report: Report): DefinitionFile {
  const { root, diagnostics } = parseYaml(text, file);
  diagnostics.forEach(report);
  const entries = root ? (asMap(root, 'the parameters', report)?.entries ?? []) : [];
  const broken = diagnostics.filter(({ code }) => code === 'yaml-syntax').map(({ at }) => at.line);
  const sourceLines = text.split('\n');
  const byKey = new Map<string, ParameterDefinition>();
  const unusable = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const end = entries[index + 1]?.at.line ?? Infinity;
    // What follows from a syntax error inside the entry is not worth a report.
    const isBroken = broken.some((line) => entry.at.line <= line && line <= end);
    const definition = readDefinition(entry, sourceLines, isBroken ? unheard : report);
    if (definition) byKey.set(entry.key, definition);
    else unusable.add(entry.key);
  }
  return { file, definitions: [...byKey.values()], byKey, unusable };
}

function unheard(): void {
  return undefined;
}

function readDefinition(
  { key, at, value }: YamlEntry,
  sourceLines: readonly string[],
  report: Report,
): ParameterDefinition | undefined {
  const map = asMap(value, `the parameter ${excerpt(key)}`, report);
  if (!map) return undefined;
  const where: Where = { key, at, map, report };
  reportUnknownKeys(map, KEYS, 'warning', report);
  const place = readPlace(where);
  const description = textOf(where, 'description', 'warning');
  const type = textOf(where, 'type', 'warning');
  checkType(type, fieldOf(map, 'type')?.value.at ?? at, report);
  const required = readRequired(where);
  const versions = readVersions(where);
  const format = textField(map, 'format', report);
  if (!place) return undefined;
  const extra = readExtra(map, report);
  return {
    key,
    at,
    description,
    lines: descriptionLines(description, fieldOf(map, 'description')?.value.at ?? at, sourceLines),
    in: place,
    type,
    required,
    ...versions,
    ...(format !== undefined && { format }),
    extra,
  };
}

interface Where {
  readonly key: string;
  readonly at: ParameterDefinition['at'];
  readonly map: YamlMap;
  readonly report: Report;
}

/** The text of a key that every definition should have. */
function textOf({ key, at, map, report }: Where, name: string, severity: Severity): string {
  const text = textField(map, name, report)?.trim();
  if (text !== undefined && text !== '') return text;
  const message = `the parameter ${excerpt(key)} has no ${name}`;
  report({ severity, code: `missing-${name}`, at, message, expected: `the key ${name} with a text` });
  return '';
}

function readPlace(where: Where): Place | undefined {
  const text = textOf(where, 'in', 'error');
  if (text === '') return undefined;
  const { key, at, map, report } = where;
  const place = PLACES.find((name) => name === text.toLowerCase());
  if (place === text) return place;
  const message = place
    ? `in is ${quoted(text)} for ${excerpt(key)}`
    : `${quoted(text)} is not a place; the parameter ${excerpt(key)} is left out`;
  const expected = place ?? 'header, path, query or body';
  const severity = place ? 'warning' : 'error';
  report({ severity, code: 'unknown-place', at: fieldOf(map, 'in')?.value.at ?? at, message, expected });
  return place;
}

function readRequired({ key, at, map, report }: Where): boolean {
  const field = fieldOf(map, 'required');
  const text = field?.value.kind === 'text' ? field.value.text.trim().toLowerCase() : undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  if (!field) {
    const message = `the parameter ${excerpt(key)} does not say whether it is required; it counts as optional`;
    report({ severity: 'info', code: 'missing-required', at, message, expected: 'required: true or required: false' });
  } else {
    const message = `required is ${text === undefined ? `a ${field.value.kind}` : quoted(text)} for ${excerpt(key)}; it counts as optional`;
    report({ severity: 'error', code: 'bad-required', at: field.value.at, message, expected: 'true or false' });
  }
  return false;
}

function readVersions(where: Where): { readonly minVersion?: Microversion; readonly maxVersion?: Microversion } {
  const minVersion = versionField(where, 'min_version');
  const maxVersion = versionField(where, 'max_version');
  const at = fieldOf(where.map, 'min_version')?.value.at ?? where.at;
  if (minVersion && maxVersion) reportUpsideDown(minVersion, maxVersion, at, where.report);
  return { ...(minVersion && { minVersion }), ...(maxVersion && { maxVersion }) };
}

function versionField({ map, report }: Where, name: string): Microversion | undefined {
  const field = fieldOf(map, name);
  const text = textField(map, name, report);
  // YAML's null says the same as no version: it undoes one that was merged.
  if (text === 'null' || text === '~') return undefined;
  return field && text !== undefined ? readVersion(name, text, field.value.at, report) : undefined;
}

function readExtra(map: YamlMap, report: Report): Readonly<Record<string, string>> {
  const unknown = map.entries.filter(({ key }) => !KEYS.includes(key));
  return Object.fromEntries(unknown.map(({ key }) => [key, textField(map, key, report) ?? '']));
}
