/**
 * Places the members that the text of a container names, where the parameter list has none of its members.
 */
import type { ParameterDefinition, ParameterUse, StatedField } from '../reference/model.ts';
import type { BodyTree, PlacedNode } from './body-tree.ts';
import { saysMap } from './said-of-place.ts';
import { containerOf } from './sample-tree.ts';
import { fieldsAmong, statedFields } from './stated-fields.ts';

export function placeFields(tree: BodyTree): void {
  for (const node of tree.nodes.values()) {
    if (node.uses.length === 0 || node.children.size > 0 || node.freeForm) continue;
    const fields = fieldsOf(node);
    for (const field of fields) placeField(field, node, tree);
    node.incomplete = fields.length > 0 && namesOf(node).length === 0;
  }
}

function namesOf({ sample }: PlacedNode): readonly string[] {
  return sample ? [...containerOf(sample).members.keys()] : [];
}

function fieldsOf(node: PlacedNode): readonly StatedField[] {
  const { uses } = node;
  if (uses.some(({ use }) => saysMap(use))) return [];
  const shown = node.sample ? containerOf(node.sample).objects.map(({ keys }) => keys) : [];
  const fields = uses.flatMap(({ use: { definition } }) => (definition ? statedFields(definition) : []));
  return fieldsAmong([...new Map(fields.map((field) => [field.name, field])).values()], shown);
}

function placeField(field: StatedField, { path, uses }: PlacedNode, tree: BodyTree): void {
  const child = tree.reach([...path, field.name]);
  for (const { use, range } of uses) {
    child.uses.push({
      use: { ...use, name: `${use.name}.${field.name}`, definition: definitionOf(field, use) },
      range,
    });
  }
}

function definitionOf({ name, type = '', always }: StatedField, { at, side }: ParameterUse): ParameterDefinition {
  const required = always && side === 'response';
  return { key: name, at, description: '', lines: [], in: 'body', type, required, extra: {} };
}
