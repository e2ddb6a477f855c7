/** Finds definitions that no operation lists, and identical definitions under several keys. */
import type { Report } from '../diagnostic.ts';
import { formatMicroversion } from '../microversion.ts';
import type { ParameterDefinition, ParameterFile } from '../reference/model.ts';
import { folded } from '../reference/passage.ts';
import type { Linted } from './linted.ts';

export function checkDefinitions({ reference }: Linted, report: Report): void {
  const { operations, fragments, parameterFiles } = reference;
  const uses = [...operations, ...fragments].flatMap(({ parameters }) => parameters);
  const used = new Set(uses.map(({ definition }) => definition));
  for (const file of parameterFiles) {
    for (const definition of file.definitions) if (!used.has(definition)) reportUnused(definition, report);
    reportIdentical(file, report);
  }
}

function reportUnused({ key, at }: ParameterDefinition, report: Report): void {
  const message = `no operation lists ${key}`;
  report({
    severity: 'warning',
    code: 'unused-definition',
    at,
    message,
    expected: `an item "- name: ${key}" in an operation, or no definition of ${key}`,
  });
}

function reportIdentical({ definitions }: ParameterFile, report: Report): void {
  const byText = new Map<string, ParameterDefinition>();
  for (const definition of definitions) {
    const text = textOf(definition);
    const first = byText.get(text);
    if (first) reportSame(first, definition, report);
    else byText.set(text, definition);
  }
}

function reportSame(first: ParameterDefinition, { key, at }: ParameterDefinition, report: Report): void {
  const message = `${key} is identical to ${first.key} in line ${first.at.line}`;
  report({ severity: 'info', code: 'identical-definition', at, message, expected: `${first.key} instead` });
}

function textOf(definition: ParameterDefinition): string {
  const { description, in: place, type, required, minVersion, maxVersion, format } = definition;
  const versions = [minVersion, maxVersion].map((version) => version && formatMicroversion(version));
  return JSON.stringify([folded(description), place, type, required, ...versions, format]);
}
