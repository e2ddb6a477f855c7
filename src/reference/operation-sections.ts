/**
 * Finds the operations of a fragment: the sections with a `rest_method`, with everything below them.
 *
 * What stands outside of them is handed back as well; nothing is dropped.
 */
import { quoted, type Position, type Report } from '../diagnostic.ts';
import type { Block, Directive, Heading } from './block.ts';
import { headingContext, isSideTitle, type HeadingContext } from './heading-context.ts';
import type { Section } from './sections.ts';

/** A block with what the headings between it and the operation say. */
export interface Placed {
  readonly block: Exclude<Block, Heading>;
  readonly context: HeadingContext;
  /** The titles below the operation's own. */
  readonly titles: readonly string[];
}

export interface OperationSection {
  readonly title: string;
  /** The titles of the sections around it, the outermost first. */
  readonly above: readonly string[];
  readonly at: Position;
  readonly method: Directive;
  /** All blocks but the method itself, in order. */
  readonly content: readonly Placed[];
}

export interface Divided {
  readonly operations: readonly OperationSection[];
  readonly outside: readonly Placed[];
}

/** `above` are the titles of the sections around it. */
export function divide(section: Section, report: Report, above: readonly string[] = []): Divided {
  if (hasMethod(section.blocks)) return divideOperation(section, report, above);
  const titles = [...above, section.title];
  const context = headingContext(titles.filter(isSideTitle));
  const outside = section.blocks.map((block) => ({ block, context, titles }));
  reportWithoutMethod(section, report);
  const below = withOwnSides(section.children).map((child) => divide(child, report, titles));
  return {
    operations: below.flatMap(({ operations }) => operations),
    outside: [...outside, ...below.flatMap((part) => part.outside)],
  };
}

function divideOperation(whole: Section, report: Report, above: readonly string[]): Divided {
  const section = { ...whole, children: withOwnSides(whole.children) };
  const nested = section.children.filter((child) => containsOperation(child));
  const own = flatten(section, [], nested);
  const below = nested.map((child) => divide(child, report, [...above, section.title]));
  const operations = splitAtMethods(section, own, report).map((operation) => ({ ...operation, above }));
  return {
    operations: [...operations, ...below.flatMap((part) => part.operations)],
    outside: below.flatMap(({ outside }) => outside),
  };
}

/**
 * Request and Response may have the level of the operation that they follow. They are its own where it has no others:
 * an operation before it cannot mean them.
 */
function withOwnSides(children: readonly Section[]): readonly Section[] {
  return children.reduce<readonly Section[]>((placed, child) => {
    const before = placed.at(-1);
    const isSide = isSideTitle(child.title) && !containsOperation(child);
    if (!before || !isSide || !hasMethod(before.blocks) || before.children.some(isSideOfOwn)) return [...placed, child];
    return [...placed.slice(0, -1), { ...before, children: [...before.children, { ...child, moved: true }] }];
  }, []);
}

function isSideOfOwn({ title, moved }: Section): boolean {
  return isSideTitle(title) && !moved;
}

/** A Request or Response with a method is not an operation of its own: a heading is lost inside it. */
function containsOperation(section: Section): boolean {
  return (hasMethod(section.blocks) && !isSideTitle(section.title)) || section.children.some(containsOperation);
}

function hasMethod(blocks: readonly Block[]): boolean {
  return blocks.some(isMethod);
}

function isMethod(block: Block): block is Directive {
  return block.kind === 'directive' && block.name === 'rest_method';
}

function flatten(section: Section, titles: readonly string[], without: readonly Section[]): readonly Placed[] {
  const context = headingContext(titles);
  return [
    ...section.blocks.map((block) => ({ block, context, titles })),
    ...section.children
      .filter((child) => !without.includes(child))
      .flatMap((child) => flatten(child, [...titles, child.title], without)),
  ];
}

/** The first method takes the section's title; one that follows it has lost its own heading. */
function splitAtMethods(
  section: Section,
  placed: readonly Placed[],
  report: Report,
): readonly Omit<OperationSection, 'above'>[] {
  const starts = placed.flatMap(({ block, titles }, index) =>
    isMethod(block) ? [{ method: block, titles, index }] : [],
  );
  return starts.map(({ method, titles, index }, number) => {
    const from = number === 0 ? 0 : index;
    const content = placed.slice(from, starts[number + 1]?.index).filter(({ block }) => block !== method);
    const titled = number === 0 && section.title !== '' && !isSideTitle(section.title);
    if (titled) return { title: section.title, at: section.at, method, content };
    reportWithoutHeading(method, report);
    return { title: method.argument?.text ?? '', at: method.at, method, content: afterLostHeading(content, titles) };
  });
}

/** Headings above a lost heading say nothing about what stands directly below it. */
function afterLostHeading(content: readonly Placed[], titles: readonly string[]): readonly Placed[] {
  return content.map((placed) => (placed.titles === titles ? { ...placed, context: {} } : placed));
}

function reportWithoutHeading({ at }: Directive, report: Report): void {
  const message = 'this rest_method has no heading of its own; method and path serve as the title';
  report({ severity: 'error', code: 'method-without-heading', at, message, expected: 'a section title above it' });
}

/** Status codes, Request and Response outside of an operation: the rest_method is missing or unreadable. */
function reportWithoutMethod(section: Section, report: Report): void {
  const states = section.blocks.some(({ kind }) => kind === 'codes');
  const sides = section.children.some((child) => isSideTitle(child.title) && !hasMethod(child.blocks));
  if (section.title === '' || !(states || sides) || isSideTitle(section.title)) return;
  const message = `the section ${quoted(section.title)} reads like an operation but has no rest_method`;
  const expected = '.. rest_method:: METHOD /path below the title';
  report({ severity: 'error', code: 'section-without-method', at: section.at, message, expected });
}
