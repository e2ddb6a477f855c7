/**
 * The width of the terminal and the colours of its text. The caller decides whether to use colour.
 */
import picocolors from 'picocolors';
import type { VerdictKind } from '../../src/report/tally.ts';
import type { Paint } from './layout.ts';

export interface TerminalOptions {
  /** In columns. */
  readonly width: number;
  readonly colours: boolean;
  /** Of the process, where it does not follow from the run verdict. */
  readonly exitCode?: number;
}

export interface Style {
  readonly width: number;
  readonly strong: Paint;
  readonly faint: Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly doubtful: Paint;
  readonly verdict: Readonly<Record<VerdictKind, Paint>>;
}

const narrowest = 40;

export function styleOf({ width, colours }: TerminalOptions): Style {
  const { bold, dim, green, red, yellow, magenta, cyan } = picocolors.createColors(colours);
  return {
    width: Math.max(width, narrowest),
    strong: bold,
    faint: dim,
    good: green,
    bad: red,
    doubtful: yellow,
    verdict: {
      pass: green,
      fail: red,
      warn: yellow,
      waived: cyan,
      unstable: yellow,
      error: magenta,
      inconclusive: yellow,
      'not-attempted': yellow,
      'not-applicable': dim,
    },
  };
}
