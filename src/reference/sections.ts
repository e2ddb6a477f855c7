/** Blocks under their headings: the tree of sections that the adornments draw. */
import { quoted, type Position, type Report } from '../diagnostic.ts';
import type { Block, Heading } from './block.ts';

export interface Section {
  /** Empty for the text above the first heading. */
  readonly title: string;
  readonly at: Position;
  /** What stands between the heading and the next one. */
  readonly blocks: readonly Exclude<Block, Heading>[];
  readonly children: readonly Section[];
  /** Its heading stands at the level of the section that it belongs to. */
  readonly moved?: true;
}

interface OpenSection extends Section {
  readonly level: number;
  readonly blocks: Exclude<Block, Heading>[];
  readonly children: OpenSection[];
}

/** The section of the whole fragment, which has no title. Levels follow the order in which the styles appear. */
export function sectionsOf(blocks: readonly Block[], file: string, report: Report): Section {
  const levels = new Map<string, number>();
  const root: OpenSection = { title: '', at: { file, line: 1, column: 1 }, level: 0, blocks: [], children: [] };
  let path: readonly OpenSection[] = [root];
  for (const block of blocks) {
    if (block.kind === 'heading') path = openSection(block, path, levels, report);
    else path.at(-1)?.blocks.push(block);
  }
  return root;
}

function openSection(
  heading: Heading,
  path: readonly OpenSection[],
  levels: Map<string, number>,
  report: Report,
): readonly OpenSection[] {
  const level = levelOf(heading, path.at(-1)?.level ?? 0, levels, report);
  const parents = path.filter((section) => section.level < level);
  const section: OpenSection = { title: heading.title, at: heading.at, level, blocks: [], children: [] };
  parents.at(-1)?.children.push(section);
  return [...parents, section];
}

/** A style that is new belongs one level below; anywhere but at the deepest level this is a mistake. */
function levelOf(heading: Heading, current: number, levels: Map<string, number>, report: Report): number {
  const known = levels.get(heading.style);
  if (known !== undefined) return known;
  if (current < levels.size) {
    const message = `the adornment of ${quoted(heading.title)} is new here, so its level is uncertain`;
    const expected = `one of the adornments used above, ${[...levels.keys()].map((style) => style.charAt(0)).join(' ')}`;
    report({ severity: 'warning', code: 'inconsistent-heading', at: heading.at, message, expected });
  }
  levels.set(heading.style, current + 1);
  return current + 1;
}
