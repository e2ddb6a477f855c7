/** The maximum microversion of the simulator, which selects the release that it simulates. */
import { maxima, type Maximum } from '../targets/simulator/options.ts';
import { UsageError } from './errors.ts';

const newest: Maximum = '2.104';

/** @throws UsageError */
export function simulatorMaximum(text: string | undefined): Maximum {
  const known = maxima.find((maximum) => maximum === (text ?? newest));
  if (known) return known;
  throw new UsageError(
    `The simulator has no release with maximum microversion ${text}. Pass one of ${maxima.join(', ')}.`,
  );
}
