/** The newest microversion that the simulator is told to play. */
import { maxima, type Maximum } from '../targets/simulator/options.ts';
import { UsageError } from './errors.ts';

const newest: Maximum = '2.104';

/** @throws UsageError */
export function simulatorMaximum(text: string | undefined): Maximum {
  const known = maxima.find((maximum) => maximum === (text ?? newest));
  if (known) return known;
  throw new UsageError(`The simulator cannot play a release with maximum ${text}; it knows ${maxima.join(', ')}.`);
}
