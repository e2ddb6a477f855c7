/** A reference of one operation whose reply has the given parameters and samples. */
import { assembleContract, type Assembly } from '../../src/assembly/assemble.ts';
import type { ServiceManifest } from '../../src/assembly/model.ts';
import { range } from '../../src/microversion.ts';
import type { Json } from '../../src/json.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';

export const tinyManifest: ServiceManifest = {
  service: 'compute',
  origin: { title: 'Tiny', revision: '1', date: '2026-01-01', license: 'Apache-2.0' },
  microversions: { header: 'OpenStack-API-Version', serviceName: 'compute', range: range('2.1-2.104') },
  operations: [],
};

export interface TinyResponse {
  /** `server: object required 2.3-`: name, type, whether it is required, and its microversions. */
  readonly parameters: readonly string[];
  /** By version, such as `2.1` for the first form. */
  readonly samples: Readonly<Record<string, Json>>;
  /** Lines of prose in the response. */
  readonly prose?: string;
  readonly codes?: string;
}

export function assembleTiny(response: TinyResponse): Assembly {
  return assembleContract(readReference(treeOf(filesOf(response))), tinyManifest);
}

function filesOf({ parameters, samples, prose = '', codes = '200' }: TinyResponse): Readonly<Record<string, string>> {
  const uses = parameters.map((line, index) => `  - ${line.split(' ')[0]?.slice(0, -1) ?? ''}: p${index}`);
  const versions = Object.keys(samples);
  const files = versions.map((version) => [sampleFile(version), JSON.stringify(samples[version])] as const);
  const includes = versions.map((version) => `.. literalinclude:: ${sampleFile(version)}\n   :language: json\n`);
  const table = uses.length > 0 ? `.. rest_parameters:: parameters.yaml\n\n${uses.join('\n')}\n` : '';
  const text = `======\nThings\n======\n
Show a thing\n============\n
.. rest_method:: GET /things\n
Normal response codes: ${codes}\n
Response\n--------\n
${prose}\n
${table}
${includes.join('\n')}`;
  return { 'things.inc': text, 'parameters.yaml': definitionsOf(parameters), ...Object.fromEntries(files) };
}

function sampleFile(version: string): string {
  return version === '2.1' ? 'samples/things/show-resp.json' : `samples/things/v${version}/show-resp.json`;
}

function definitionsOf(parameters: readonly string[]): string {
  return parameters
    .map((line, index) => {
      const words = line.split(' ').slice(1);
      const [first, last] = (words.find((word) => /^[\d-]/.test(word)) ?? '').split('-');
      return [
        `p${index}:`,
        `  description: ${words.includes('nullable') ? 'A value or ``null``.' : 'A value.'}`,
        '  in: body',
        `  required: ${words.includes('required')}`,
        `  type: ${words[0] ?? ''}`,
        ...(first ? [`  min_version: ${first}`] : []),
        ...(last ? [`  max_version: ${last}`] : []),
        '',
      ].join('\n');
    })
    .join('');
}
