/** Microversion ranges as fields of YAML files. */
import type { Report } from '../diagnostic.ts';
import { parseRange, type MicroversionRange } from '../microversion.ts';
import { asText, fieldOf } from '../yaml-fields.ts';
import type { YamlMap } from '../yaml.ts';

/** Undefined when the field is absent, or is no range; the latter is reported. */
export function rangeField(map: YamlMap, key: string, report: Report): MicroversionRange | undefined {
  const field = fieldOf(map, key);
  const text = field && asText(field.value, key, report);
  if (!field || text === undefined) return undefined;
  const range = parseRange(text);
  if (!range) {
    const message = `"${text}" is no range of microversions`;
    report({ severity: 'error', code: 'not-a-range', at: field.value.at, message, expected: '2.1-2.69, 2.70- or 2.5' });
  }
  return range;
}
