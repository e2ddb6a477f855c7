/** Refuses an empty option or argument, such as `--os-cloud "$CLOUD"` where the variable is not set. */
import type { Command } from 'commander';
import { UsageError } from './errors.ts';

/** @throws UsageError */
export function refuseEmpty(command: Command): void {
  for (const option of command.options) {
    if (command.getOptionValueSource(option.attributeName()) !== 'cli') continue;
    const value: unknown = command.getOptionValue(option.attributeName());
    if ((Array.isArray(value) ? value : [value]).some(isEmpty))
      throw new UsageError(`${option.long ?? option.flags} is empty. Pass a value, or leave the option out.`);
  }
  for (const [index, argument] of command.registeredArguments.entries()) {
    const value: unknown = command.processedArgs[index];
    if ((Array.isArray(value) ? value : [value]).some(isEmpty))
      throw new UsageError(`The argument <${argument.name()}> is empty. Pass a value.`);
  }
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}
