/** Reads a file of waivers: a list of entries in which every field is required. */
import { quoted, type Diagnostic, type Position, type Report } from '../../diagnostic.ts';
import { asList, asMap, fieldOf, reportUnknownKeys, requireText } from '../../yaml-fields.ts';
import { parseYaml, type YamlMap, type YamlNode } from '../../yaml.ts';
import type { Waiver } from './waiver.ts';

const subjects = ['clause', 'case'] as const;
const texts = ['target', 'reason', 'link', 'owner', 'expires'] as const;

export interface ReadWaivers {
  readonly waivers: readonly Waiver[];
  readonly diagnostics: readonly Diagnostic[];
}

export function readWaivers(text: string, file: string): ReadWaivers {
  const { root, diagnostics } = parseYaml(text, file);
  const found = [...diagnostics];
  const report: Report = (diagnostic) => void found.push(diagnostic);
  const list = root && asList(root, 'waivers', report);
  return { waivers: list?.items.flatMap((item) => entryOf(item, report) ?? []) ?? [], diagnostics: found };
}

function entryOf(node: YamlNode, report: Report): Waiver | undefined {
  const map = asMap(node, 'a waiver', report);
  if (!map) return undefined;
  reportUnknownKeys(map, [...subjects, ...texts], 'error', report);
  const waives = subjectOf(map, report);
  const [target, reason, link, owner, expires] = texts.map((key) => filledText(map, key, report));
  if (link !== undefined && !isLink(link)) {
    wrong(placeOf(map, 'link'), `link is ${quoted(link)}`, 'the address of a page, such as https://…', report);
  }
  if (expires !== undefined && !isDate(expires)) {
    wrong(placeOf(map, 'expires'), `expires is ${quoted(expires)}`, 'a day such as 2027-01-31', report);
  }
  if (waives === undefined || target === undefined || reason === undefined) return undefined;
  if (link === undefined || owner === undefined || expires === undefined) return undefined;
  return { waives, target, reason, link, owner, expires, at: map.at };
}

function subjectOf(map: YamlMap, report: Report): string | undefined {
  const [kind, ...others] = subjects.filter((key) => fieldOf(map, key));
  if (kind === undefined || others.length > 0) {
    wrong(map.at, 'the waiver names no clause or case, or both', 'either clause or case, with an id', report);
    return undefined;
  }
  const id = filledText(map, kind, report);
  if (id === undefined || id.includes('@') === (kind === 'case')) return id;
  const form = kind === 'case' ? 'compute/attach-volume#echoes-tag@2.70' : 'compute/attach-volume#echoes-tag';
  wrong(placeOf(map, kind), `${quoted(id)} is not the id of a ${kind}`, `an id such as ${form}`, report);
  return undefined;
}

/** An empty value is reported: it is a template that was not completed. */
function filledText(map: YamlMap, key: string, report: Report): string | undefined {
  const text = requireText(map, key, report)?.trim();
  if (text !== '') return text;
  wrong(placeOf(map, key), `${key} is empty`, `a value for ${key}`, report);
  return undefined;
}

function placeOf(map: YamlMap, key: string): Position {
  return fieldOf(map, key)?.value.at ?? map.at;
}

function isLink(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function wrong(at: Position, message: string, expected: string, report: Report): void {
  report({ severity: 'error', code: 'waiver-entry', at, message, expected });
}
