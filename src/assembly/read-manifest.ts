/**
 * Reads `service.yaml`: the service, where its texts come from, and the permanent ids of its operations.
 */
import { discriminatorForms, parseDiscriminator, type Discriminator } from '../contract/discriminator.ts';
import type { FaultKeys, Negotiation, OperationId, Origin, Removal } from '../contract/model.ts';
import type { Diagnostic, Report } from '../diagnostic.ts';
import {
  asMap,
  asText,
  fieldOf,
  mapField,
  reportUnknownKeys,
  requireMap,
  requireText,
  textField,
  textListField,
} from '../yaml-fields.ts';
import { parseYaml, type YamlEntry, type YamlMap } from '../yaml.ts';
import { parseMicroversion } from '../microversion.ts';
import { rangeField } from './range-field.ts';
import { sameSentencesOf } from './same-sentences.ts';
import type { ManifestEntry, ServiceManifest } from './model.ts';

export interface ReadManifest {
  /** Missing when the file does not name the service or its origin. */
  readonly manifest?: ServiceManifest;
  readonly diagnostics: readonly Diagnostic[];
}

export function readManifest(text: string, file: string): ReadManifest {
  const { root, diagnostics } = parseYaml(text, file);
  const found = [...diagnostics];
  const report: Report = (diagnostic) => void found.push(diagnostic);
  const map = root && asMap(root, 'the manifest', report);
  const manifest = map && manifestOf(map, report);
  return manifest ? { manifest, diagnostics: found } : { diagnostics: found };
}

const manifestKeys = [
  'service',
  'title',
  'origin',
  'microversions',
  'faults',
  'request-ids',
  'path-prefixes',
  'operations',
  'sentences',
];

function manifestOf(map: YamlMap, report: Report): ServiceManifest | undefined {
  reportUnknownKeys(map, manifestKeys, 'error', report);
  const service = requireText(map, 'service', report);
  const origin = originOf(map, report);
  if (service === undefined || !origin) return undefined;
  const microversions = negotiationOf(map, report);
  const faults = faultsOf(map, report);
  const requestIds = textListField(map, 'request-ids', report);
  const pathPrefixes = textListField(map, 'path-prefixes', report);
  const operations = operationsOf(map, service, report);
  const sentences = sameSentencesOf(map, report);
  return {
    ...{ service, origin, ...(microversions && { microversions }), ...(faults && { faults }), operations },
    ...(requestIds && { requestIds }),
    ...(pathPrefixes && { pathPrefixes }),
    ...(sentences.length > 0 && { sentences }),
  };
}

function originOf(map: YamlMap, report: Report): Origin | undefined {
  const origin = requireMap(map, 'origin', report);
  if (!origin) return undefined;
  const [title, revision, date, license] = ['title', 'revision', 'date', 'license'].map((key) =>
    requireText(origin, key, report),
  );
  if (title === undefined || revision === undefined || date === undefined || license === undefined) return undefined;
  return { title, revision, date, license };
}

function negotiationOf(map: YamlMap, report: Report): Negotiation | undefined {
  const field = fieldOf(map, 'microversions');
  const node = field && asMap(field.value, 'microversions', report);
  if (!node) return undefined;
  const header = requireText(node, 'header', report);
  const serviceName = textField(node, 'service-name', report);
  const range = rangeField(node, 'range', report);
  const legacyHeader = textField(node, 'legacy-header', report);
  if (header === undefined || !range) return undefined;
  const name = serviceName !== undefined && { serviceName };
  return { header, ...name, ...(legacyHeader !== undefined && { legacyHeader }), range };
}

function faultsOf(map: YamlMap, report: Report): FaultKeys | undefined {
  const field = fieldOf(map, 'faults');
  const node = field && asMap(field.value, 'faults', report);
  if (!node) return undefined;
  const byStatus = node.entries
    .filter(({ key }) => key !== 'other')
    .flatMap(({ key, at, value }) => {
      const name = asText(value, `the key of fault bodies with ${key}`, report);
      if (/^[1-5]\d\d$/.test(key)) return name === undefined ? [] : [{ status: Number(key), key: name }];
      const message = `"${key}" is no status code`;
      report({ severity: 'error', code: 'not-a-status', at, message, expected: 'three digits, or the word other' });
      return [];
    });
  const other = requireText(node, 'other', report);
  return other === undefined ? undefined : { byStatus: byStatus.sort((a, b) => a.status - b.status), other };
}

function operationsOf(map: YamlMap, service: string, report: Report): readonly ManifestEntry[] {
  const operations = requireMap(map, 'operations', report);
  return operations?.entries.flatMap((entry) => operationOf(entry, service, report) ?? []) ?? [];
}

const entryKeys = ['file', 'section', 'call', 'when', 'range', 'removed', 'stated', 'names', 'retired'];

function operationOf({ key, at, value }: YamlEntry, service: string, report: Report): ManifestEntry | undefined {
  const map = asMap(value, key, report);
  if (!map) return undefined;
  reportUnknownKeys(map, entryKeys, 'error', report);
  if (!isOperationId(key, service)) {
    const message = `"${key}" is no operation id`;
    report({ severity: 'error', code: 'not-an-id', at, message, expected: `${service}/ and words with hyphens` });
    return undefined;
  }
  const file = requireText(map, 'file', report);
  const section = requireText(map, 'section', report);
  const call = textField(map, 'call', report);
  const range = rangeField(map, 'range', report);
  const when = whenOf(map, report);
  const removal = removalOf(map, report);
  const names = namesOf(map, report);
  const stated = textField(map, 'stated', report);
  const retired = textField(map, 'retired', report);
  return file === undefined || section === undefined
    ? undefined
    : {
        ...{ id: key, file, section, ...(call !== undefined && { call }), ...(range && { range }) },
        ...(when && { when }),
        ...(removal && { removal }),
        ...(stated !== undefined && { stated }),
        ...(names && { names }),
        ...(retired !== undefined && { retired }),
        at,
      };
}

function whenOf(map: YamlMap, report: Report): Discriminator | undefined {
  const field = fieldOf(map, 'when');
  const text = field && asText(field.value, 'when', report);
  if (!field || text === undefined) return undefined;
  const when = parseDiscriminator(text);
  if (when) return when;
  const message = `"${text}" is not a condition on requests`;
  report({ severity: 'error', code: 'not-a-condition', at: field.at, message, expected: discriminatorForms });
  return undefined;
}

function removalOf(map: YamlMap, report: Report): Removal | undefined {
  const field = fieldOf(map, 'removed');
  const text = field && asText(field.value, 'removed', report);
  if (!field || text === undefined) return undefined;
  const [maximum = '', status = '410', ...more] = text.split(' with ');
  if (parseMicroversion(maximum) && /^[45]\d\d$/.test(status) && more.length === 0)
    return { maximum, status: Number(status) };
  const message = `"${text}" is no removal`;
  const expected = 'the newest microversion of the first release without the operation: 2.79, or 2.79 with 400';
  report({ severity: 'error', code: 'not-a-removal', at: field.value.at, message, expected });
  return undefined;
}

function namesOf(map: YamlMap, report: Report): Readonly<Record<string, string>> | undefined {
  const names = mapField(map, 'names', report);
  return names && Object.fromEntries(names.entries.map(({ key, value }) => [key, asText(value, key, report) ?? key]));
}

function isOperationId(text: string, service: string): text is OperationId {
  return text.startsWith(`${service}/`) && /^[a-z\d]+(-[a-z\d]+)*$/.test(text.slice(service.length + 1));
}
