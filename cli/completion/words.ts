/** What can stand on a command line, taken from the commands themselves: so it is never stale. */
import type { Command } from 'commander';

export interface VerbWords {
  /** The words that lead to it: none for the program, `reference lint` for a verb of a verb. */
  readonly path: readonly string[];
  readonly verbs: readonly Told[];
  readonly options: readonly OptionWords[];
}

export interface Told {
  readonly name: string;
  readonly description: string;
}

export interface OptionWords extends Told {
  /** A value follows. */
  readonly takesValue: boolean;
}

/** The command itself first, then its verbs with theirs. */
export function wordsOf(command: Command, path: readonly string[] = []): readonly VerbWords[] {
  const verbs = command.commands.map((verb) => ({ name: verb.name(), description: verb.description() }));
  const options = command.options.map(({ long, description, required, optional }) => ({
    name: long ?? '',
    description,
    takesValue: required || optional,
  }));
  const help = { name: '--help', description: 'what it does and takes', takesValue: false };
  const below = command.commands.flatMap((verb) => wordsOf(verb, [...path, verb.name()]));
  return [{ path, verbs, options: [...options, help] }, ...below];
}
