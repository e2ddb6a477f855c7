/**
 * Turns placed blocks into notes, paragraphs, parameters, codes and samples, in one pass from top to bottom.
 *
 * The same pass serves operations and the text outside of them.
 */
import type { Directive } from './block.ts';
import { ADMONITIONS, DIRECTIVES, LITERALS } from './directive-names.ts';
import type { FragmentReading } from './fragment-reading.ts';
import { sideIn } from './heading-context.ts';
import type { LineStart, Note, ParameterUse, Paragraph, SampleUse, Side, StatusCode } from './model.ts';
import type { Placed } from './operation-sections.ts';
import { folded, lineStarts, passageOf, type Passage } from './passage.ts';
import { readCodeStatement } from './read-code-statement.ts';
import { readParameters } from './read-parameters.ts';
import { readSampleUse } from './read-sample-use.ts';
import { readStatusBlock } from './read-status-block.ts';
import { reportUnknownDirective } from './report-unknown-directive.ts';
import type { SourceLine } from './source-lines.ts';

export interface Content {
  readonly parameters: readonly ParameterUse[];
  readonly codes: readonly StatusCode[];
  readonly notes: readonly Note[];
  readonly paragraphs: readonly Paragraph[];
  readonly samples: readonly SampleUse[];
}

/** The lists being filled, and what the blocks above say about the next one. */
interface Pass {
  readonly parameters: ParameterUse[];
  readonly codes: StatusCode[];
  readonly notes: Note[];
  readonly paragraphs: Paragraph[];
  readonly samples: SampleUse[];
  readonly fragment: FragmentReading;
  /** The bold line above, while nothing ends its reach. */
  bold?: string | undefined;
  /** The titles that the bold line stands under. */
  titles?: readonly string[];
  /** The title above, where blocks outside of operations stand below another title than that of the file. */
  section?: string | undefined;
  blocks: number;
  /** Outside of operations a sample shows a part of some body, and belongs to no side. */
  readonly inOperation: boolean;
}

/** `fileTitle` is given for what stands outside of operations. */
export function readContent(placed: readonly Placed[], fragment: FragmentReading, fileTitle?: string): Content {
  const pass: Pass = {
    parameters: [],
    codes: [],
    notes: [],
    paragraphs: [],
    samples: [],
    fragment,
    blocks: 0,
    inOperation: fileTitle === undefined,
  };
  for (const item of placed) {
    if (item.titles !== pass.titles) pass.bold = undefined;
    pass.titles = item.titles;
    pass.section = fileTitle === undefined ? undefined : innermost(item.titles, fileTitle);
    readPlaced(item, pass);
  }
  return pass;
}

/** Undefined for the title of the file. */
function innermost(titles: readonly string[], fileTitle: string): string | undefined {
  const title = titles.findLast((text) => text !== '');
  return title === fileTitle ? undefined : title;
}

function readPlaced({ block, context }: Placed, pass: Pass): void {
  switch (block.kind) {
    case 'bold':
      pass.bold = block.text;
      return;
    case 'codes':
      pass.bold = undefined;
      pass.codes.push(...readCodeStatement(block, pass.fragment.report));
      return;
    case 'prose':
    case 'literal':
      pass.paragraphs.push(paragraphOf(block.passage, context, pass, block.kind === 'literal'));
      return;
    case 'directive':
      readDirective(block, context, pass);
  }
}

function readDirective(directive: Directive, context: Placed['context'], pass: Pass): void {
  const { name } = directive;
  const { fragment } = pass;
  if (name === 'rest_parameters') {
    const number = pass.blocks++;
    const side = sideOfBlock(directive, context, pass);
    pass.parameters.push(...readParameters({ directive, context, side, number }, fragment));
  } else if (name === 'rest_status_code') pass.codes.push(...readStatusBlock(directive, fragment));
  else if (name === 'literalinclude') {
    const isBody = pass.inOperation && !showsText(directive);
    const sample = isBody ? readSampleUse(directive, context, pass.bold, fragment) : undefined;
    if (sample) pass.samples.push(sample);
    pass.bold = undefined;
  } else if (ADMONITIONS.includes(name)) pass.notes.push(noteOf(directive, context, pass));
  else if (LITERALS.includes(name)) keepText(directive, context, pass, true);
  else if (!DIRECTIVES.includes(name)) {
    reportUnknownDirective(directive, fragment.report);
    keepText(directive, context, pass, false);
  }
}

/** A file of another language than JSON shows a command or a text; it is no body. */
function showsText({ options }: Directive): boolean {
  const language = options.map(({ text }) => /^:language:\s*(\S+)/.exec(text)?.[1]).find((word) => word !== undefined);
  return language !== undefined && !/^(?:json\w*|javascript|js)$/i.test(language);
}

/** A block above every heading that names a side: the bold line may name it; else it is read as the request's. */
function sideOfBlock({ at }: Directive, { side }: Placed['context'], { bold, fragment }: Pass): Side {
  const named = side ?? (bold === undefined ? undefined : sideIn(bold));
  if (named) return named;
  const message = 'this rest_parameters stands under neither Request nor Response; it is read as the request';
  fragment.report({
    severity: 'warning',
    code: 'parameters-without-side',
    at,
    message,
    expected: 'a heading Request above it',
  });
  return 'request';
}

function keepText(directive: Directive, context: Placed['context'], pass: Pass, literal: boolean): void {
  const [first, ...rest] = directive.content.filter(({ text }) => text !== '');
  if (first) pass.paragraphs.push(paragraphOf(passageOf(first, rest), context, pass, literal));
}

function paragraphOf(passage: Passage, context: Placed['context'], pass: Pass, literal: boolean): Paragraph {
  return {
    text: folded(passage.text),
    at: passage.at,
    ...placeOf(passage.lines, passage.at.line, pass),
    ...context,
    ...(pass.bold !== undefined && { label: pass.bold }),
    ...(literal && { literal }),
  };
}

function noteOf({ name, argument, content, at }: Directive, context: Placed['context'], pass: Pass): Note {
  const lines = argument ? [argument, ...content] : content;
  const text = folded(lines.map((line) => line.text).join('\n'));
  return { kind: name, text, at, ...placeOf(lines, at.line, pass), ...context };
}

function placeOf(
  source: readonly SourceLine[],
  line: number,
  { section }: Pass,
): { readonly lines?: readonly LineStart[]; readonly section?: string } {
  const lines = lineStarts(source);
  const elsewhere = lines.some((start) => start.line !== line);
  return { ...(elsewhere && { lines }), ...(section !== undefined && { section }) };
}
