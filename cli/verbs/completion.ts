/** `completion`: prints a script that completes verbs and options in a shell. */
import { Command } from 'commander';
import { completionScripts } from '../completion/scripts.ts';
import { wordsOf } from '../completion/words.ts';
import { UsageError } from '../errors.ts';

const shells = Object.keys(completionScripts).join(', ');

export const completionCommand = new Command('completion')
  .description('Print a script that completes verbs and options in a shell.')
  .argument('<shell>', shells)
  .action((shell: string, _options: object, command: Command) => {
    const script = Object.hasOwn(completionScripts, shell) ? completionScripts[shell] : undefined;
    if (!script) throw new UsageError(`There is no completion for ${shell}. Pass one of ${shells}.`);
    const program = command.parent ?? command;
    process.stdout.write(`${script(program.name(), wordsOf(program)).join('\n')}\n`);
  });
