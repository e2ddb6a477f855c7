/** `rest_parameters` blocks: the names that an operation takes and gives, with their definitions. */
import type { Position } from '../diagnostic.ts';
import { nearWord } from '../near-word.ts';
import type { Directive } from './block.ts';
import type { HeadingContext } from './heading-context.ts';
import type { ParameterUse, Side } from './model.ts';
import type { DefinitionFile } from './read-definitions.ts';
import { readList, type ListItem } from './read-list.ts';
import type { FragmentReading } from './fragment-reading.ts';

export interface ParameterBlock {
  readonly directive: Directive;
  readonly context: HeadingContext;
  readonly side: Side;
  /** Counted from 0 in the operation. */
  readonly number: number;
}

export function readParameters(block: ParameterBlock, fragment: FragmentReading): readonly ParameterUse[] {
  const { directive } = block;
  const items = readList(directive.content, fragment.report);
  if (items.length === 0) reportEmpty(directive.at, fragment);
  const definitions = definitionsFor(directive, fragment);
  return items.flatMap((item) => useOf(item, block, definitions, fragment) ?? []);
}

/** Undefined when there is no file to look in, which is reported once per directive. */
function definitionsFor({ argument, at }: Directive, fragment: FragmentReading): DefinitionFile | undefined {
  if (!argument) {
    const message = 'this rest_parameters names no file, so nothing in it is defined';
    fragment.report({ severity: 'error', code: 'empty-argument', at, message, expected: 'parameters.yaml' });
    return undefined;
  }
  return fragment.definitions(argument.text, argument.at);
}

function useOf(
  { name, value, at }: ListItem,
  { context, side, number }: ParameterBlock,
  definitions: DefinitionFile | undefined,
  { report }: FragmentReading,
): ParameterUse | undefined {
  if (value === undefined) {
    const message = `the parameter ${name} refers to no definition`;
    report({ severity: 'error', code: 'malformed-item', at, message, expected: '- name: reference' });
    return undefined;
  }
  const definition = definitions?.byKey.get(value);
  if (definitions && !definition && !definitions.unusable.has(value)) {
    const near = nearWord(value, [...definitions.byKey.keys()]);
    const message = `${value} is not defined in ${definitions.file}`;
    const expected = near === undefined ? 'the key of a definition' : `perhaps ${near}`;
    report({ severity: 'error', code: 'undefined-parameter', at, message, expected });
  }
  const { headingRange } = context;
  return {
    side,
    name,
    reference: value,
    at,
    ...(headingRange && { headingRange }),
    block: number,
    ...(definition && { definition }),
  };
}

function reportEmpty(at: Position, { report }: FragmentReading): void {
  const message = 'this rest_parameters lists nothing';
  report({ severity: 'warning', code: 'empty-list', at, message, expected: 'items as "- name: reference"' });
}
