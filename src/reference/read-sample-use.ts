/** `literalinclude` of a sample: file, side and caption. */
import type { Directive } from './block.ts';
import type { FragmentReading } from './fragment-reading.ts';
import { sideIn, type HeadingContext } from './heading-context.ts';
import type { SampleUse } from './model.ts';
import { sideOfFile, versionOfPath } from './read-samples.ts';

/** Undefined, with a diagnostic, when there is no file name or nothing shows the side. */
export function readSampleUse(
  { argument, at }: Directive,
  context: HeadingContext,
  caption: string | undefined,
  { report, sample }: FragmentReading,
): SampleUse | undefined {
  if (!argument) {
    const message = 'this literalinclude names no file';
    report({ severity: 'error', code: 'empty-argument', at, message, expected: 'the path of a sample' });
    return undefined;
  }
  const found = sample(argument.text, argument.at);
  const side = sideOfFile(found.file) ?? context.side ?? (caption === undefined ? undefined : sideIn(caption));
  if (!side) {
    const message = `nothing shows whether ${found.file} is a request or a response; it is left out`;
    const expected = 'a name that ends in -req.json or -resp.json, or a heading Request or Response above';
    report({ severity: 'error', code: 'sample-without-side', at, message, expected });
    return undefined;
  }
  if (context.side && context.side !== side) {
    const message = `${found.file} is a ${side} by its name but stands under ${context.side}; its name counts`;
    report({ severity: 'warning', code: 'sample-side', at, message, expected: `a heading ${side} above it` });
  }
  const { headingRange } = context;
  const version = versionOfPath(found.file) ?? headingRange?.first;
  const until = headingRange?.last;
  const span = { ...(version && { version }), ...(until && { until }) };
  return {
    side,
    at,
    ...found,
    ...(version && { version }),
    ...(found.sample && { sample: { ...found.sample, ...span } }),
    ...(headingRange && { headingRange }),
    ...(caption !== undefined && { caption }),
  };
}
