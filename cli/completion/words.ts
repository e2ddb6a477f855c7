/** The words of the command line, taken from the commands themselves, so that they are never stale. */
import type { Command } from 'commander';

export interface VerbWords {
  /** Its verbs: none for the program, `reference lint` for a sub-command. */
  readonly path: readonly string[];
  readonly verbs: readonly DescribedWord[];
  readonly options: readonly OptionWords[];
}

export interface DescribedWord {
  readonly name: string;
  readonly description: string;
}

export interface OptionWords extends DescribedWord {
  /** A value follows. */
  readonly takesValue: boolean;
}

/** The command itself first, then its verbs, recursively. */
export function wordsOf(command: Command, path: readonly string[] = []): readonly VerbWords[] {
  const verbs = command.commands.map((verb) => ({ name: verb.name(), description: verb.description() }));
  const options = command.options.map(({ long, description, required, optional }) => ({
    name: long ?? '',
    description,
    takesValue: required || optional,
  }));
  const help = { name: '--help', description: 'show help', takesValue: false };
  const below = command.commands.flatMap((verb) => wordsOf(verb, [...path, verb.name()]));
  return [{ path, verbs, options: [...options, help] }, ...below];
}
