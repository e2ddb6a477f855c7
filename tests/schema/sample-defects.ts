/** `specs/compute/sample-defects.yaml`: upstream's samples that its own tables do not allow, by class. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseYaml } from '../../src/yaml.ts';
import { yamlToJson } from '../../src/yaml-json.ts';

export interface Defect {
  readonly class: string;
  readonly side: string;
  readonly sentence: string;
  /** `POINTER: EXPECTED`; an asterisk at the end stands for anything. */
  readonly misses: readonly string[];
  /** By operation, one file, or several as in `servers/{v2.90 v2.94}/server-get-resp.json`. */
  readonly samples: Readonly<Record<string, string>>;
}

/** One departure of a sample from the schema of its operation and side. */
export interface SampleMiss {
  readonly operation: string;
  readonly file: string;
  readonly miss: string;
}

/** @throws Error when the file does not have its form */
export function readDefects(file: string): readonly Defect[] {
  const { root, diagnostics } = parseYaml(readFileSync(file, 'utf8'), file);
  const value: unknown = root && yamlToJson(root);
  const isList = new Ajv2020().compile<readonly Defect[]>(form);
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  if (isList(value)) return value;
  throw new Error(JSON.stringify(isList.errors));
}

const texts = { type: 'array', items: { type: 'string' }, minItems: 1, uniqueItems: true };
const form = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      class: { type: 'string', pattern: '^[a-z][a-z0-9.-]+$' },
      side: { enum: ['table', 'sample', 'lacking sample', 'our reading'] },
      sentence: { type: 'string', pattern: '[.]$' },
      misses: texts,
      samples: { type: 'object', additionalProperties: { type: 'string' }, minProperties: 1 },
    },
    required: ['class', 'side', 'sentence', 'misses', 'samples'],
    additionalProperties: false,
  },
};

/** `OPERATION FILE`, one for each sample. */
export function samplesOf({ samples }: Defect): readonly string[] {
  return Object.entries(samples).flatMap(([operation, file]) => filesOf(file).map((name) => `${operation} ${name}`));
}

function filesOf(text: string): readonly string[] {
  const [, before = '', folders, after = ''] = /^(.*)\{(.*)\}\/(.*)$/.exec(text) ?? [];
  if (folders === undefined) return [text];
  return folders.split(' ').map((folder) => `${before}${folder === '.' ? '' : `${folder}/`}${after}`);
}

/** Departures that no class lists, and parts of classes that nothing departs in. */
export function compareDefects(defects: readonly Defect[], misses: readonly SampleMiss[]): readonly string[] {
  const covers = (defect: Defect, { operation, file, miss }: SampleMiss): boolean =>
    samplesOf(defect).includes(`${operation} ${file}`) && defect.misses.some((pattern) => fits(pattern, miss));
  const unlisted = misses.filter((miss) => !defects.some((defect) => covers(defect, miss)));
  const stale = defects.flatMap((defect) => {
    const seen = misses.filter((miss) => covers(defect, miss));
    const files = samplesOf(defect).filter(
      (name) => !seen.some(({ operation, file }) => `${operation} ${file}` === name),
    );
    const patterns = defect.misses.filter((pattern) => !seen.some(({ miss }) => fits(pattern, miss)));
    return [...files, ...patterns].map((what) => `stale in ${defect.class}: ${what}`);
  });
  return [...unlisted.map(({ operation, file, miss }) => `not listed: ${operation} ${file} ${miss}`), ...stale];
}

function fits(pattern: string, miss: string): boolean {
  return pattern.endsWith('*') ? miss.startsWith(pattern.slice(0, -1)) : miss === pattern;
}
