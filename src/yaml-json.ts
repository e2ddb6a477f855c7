/** A YAML node as JSON, every scalar as text. */
import type { Json } from './json.ts';
import type { YamlNode } from './yaml.ts';

export function yamlToJson(node: YamlNode): Json {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'list':
      return node.items.map(yamlToJson);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, yamlToJson(value)]));
  }
}
