/**
 * Reads `errata.yaml`: where text and implementations disagree, and the edits that follow from it.
 */
import type { OperationId } from '../contract/model.ts';
import type { Diagnostic, Report } from '../diagnostic.ts';
import {
  asList,
  asMap,
  listField,
  reportUnknownKeys,
  requireField,
  requireText,
  textListField,
} from '../yaml-fields.ts';
import { parseYaml, type YamlMap, type YamlNode } from '../yaml.ts';
import { changeKeys, changeOf } from './read-change.ts';
import type { Change, ErratumEntry } from './model.ts';

export interface ReadErrata {
  readonly errata: readonly ErratumEntry[];
  readonly diagnostics: readonly Diagnostic[];
}

/** An empty file has no errata, which is no mistake. */
export function readErrata(text: string, file: string): ReadErrata {
  const { root, diagnostics } = parseYaml(text, file);
  const found = [...diagnostics];
  const report: Report = (diagnostic) => void found.push(diagnostic);
  const list = root && asList(root, 'the errata', report);
  const errata = list?.items.flatMap((item) => erratumOf(item, report) ?? []) ?? [];
  reportRepeated(errata, report);
  return { errata, diagnostics: found };
}

const texts = ['id', 'says', 'seen', 'since', 'evidence', 'reading'] as const;

function erratumOf(node: YamlNode, report: Report): ErratumEntry | undefined {
  const map = asMap(node, 'an erratum', report);
  if (!map) return undefined;
  reportUnknownKeys(map, [...texts, 'operations', 'changes'], 'error', report);
  const [id, says, seen, since, evidence, reading] = texts.map((key) => requireText(map, key, report));
  const operations = operationIds(map, report);
  if (id === undefined || says === undefined || seen === undefined || since === undefined) return undefined;
  if (evidence === undefined || reading === undefined) return undefined;
  const changes = listField(map, 'changes', report)?.items.flatMap((item) => oneChange(item, operations, report) ?? []);
  return { id, operations, says, seen, since, evidence, reading, changes: changes ?? [], at: map.at };
}

function operationIds(map: YamlMap, report: Report): readonly OperationId[] {
  if (!requireField(map, 'operations', report)) return [];
  return (textListField(map, 'operations', report) ?? []).filter((id): id is OperationId => {
    if (id.includes('/')) return true;
    const message = `"${id}" is no operation id`;
    report({
      severity: 'error',
      code: 'not-an-id',
      at: map.at,
      message,
      expected: 'an id such as compute/attach-volume',
    });
    return false;
  });
}

/** A change speaks of all operations of its erratum unless it names its own. */
function oneChange(node: YamlNode, all: readonly OperationId[], report: Report): Change | undefined {
  const map = asMap(node, 'a change', report);
  if (!map) return undefined;
  reportUnknownKeys(map, changeKeys, 'error', report);
  const change = changeOf(map, report);
  const own = map.entries.some(({ key }) => key === 'operations') ? operationIds(map, report) : all;
  return change && { ...change, operations: own, at: map.at };
}

function reportRepeated(errata: readonly ErratumEntry[], report: Report): void {
  const seen = new Set<string>();
  for (const { id, at } of errata) {
    const message = `the erratum ${id} stands here again`;
    if (seen.has(id)) report({ severity: 'error', code: 'repeated-erratum', at, message, expected: 'each id once' });
    seen.add(id);
  }
}
