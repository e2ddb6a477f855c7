/**
 * Finds names that the samples spell differently: `hypervisor_links` where they show `hypervisors_links`, or
 * `attachment.device` among `attachments.id` and `attachments.serverId`.
 */
import type { Report } from '../diagnostic.ts';
import type { Json } from '../json.ts';
import { isJsonObject } from '../json.ts';
import { nearWord } from '../near-word.ts';
import type { ParameterUse, ReferenceOperation, Side } from '../reference/model.ts';
import type { Linted } from './linted.ts';

export function checkMisspeltNames({ reference }: Linted, report: Report): void {
  for (const operation of reference.operations) {
    for (const side of ['request', 'response'] as const) checkSide(operation, side, report);
  }
}

function checkSide({ parameters, samples }: ReferenceOperation, side: Side, report: Report): void {
  const uses = parameters.filter((use) => use.side === side && use.definition?.in === 'body');
  const shown = samples
    .filter((use) => use.side === side)
    .flatMap(({ sample, variants }) => [sample ?? [], variants].flat());
  const keys = new Set(shown.flatMap(({ value }) => [...keysOf(value)]));
  if (keys.size === 0) return;
  const names = new Set(uses.flatMap(({ name }) => [name, ...name.split('.')]));
  const unlisted = [...keys].filter((key) => !names.has(key));
  for (const use of uses) {
    const parts = use.name.split('.');
    const suggestion = keys.has(use.name) ? undefined : betterName(parts, unlisted, keys, uses);
    if (suggestion !== undefined) reportMisspelt(use, suggestion, report);
  }
}

/** The last part may be a key that the samples show and no line lists; an outer part must be a container's name. */
function betterName(
  parts: readonly string[],
  unlisted: readonly string[],
  keys: ReadonlySet<string>,
  uses: readonly ParameterUse[],
): string | undefined {
  const better = parts.map((part, index) => {
    if (keys.has(part)) return part;
    const containers = uses.map(({ name }) => name).filter((name) => keys.has(name));
    return similar(part, index === parts.length - 1 ? unlisted : containers) ?? part;
  });
  return better.join('.') === parts.join('.') ? undefined : better.join('.');
}

/** Short words resemble many others, so for them only singular and plural may differ. */
function similar(word: string, words: readonly string[]): string | undefined {
  const other = words.find((candidate) => candidate === `${word}s` || word === `${candidate}s`);
  return other ?? (word.length < 6 ? undefined : nearWord(word, words));
}

function reportMisspelt({ name, at }: ParameterUse, suggestion: string, report: Report): void {
  const message = `no sample shows ${name}; they show ${suggestion}`;
  report({ severity: 'warning', code: 'misspelt-parameter', at, message, expected: suggestion });
}

function* keysOf(value: Json): Iterable<string> {
  if (Array.isArray(value)) for (const item of value as readonly Json[]) yield* keysOf(item);
  else if (isJsonObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      yield key;
      yield* keysOf(member);
    }
  }
}
