/** Commands in documents and templates, and what of them the command tree would refuse. */
import type { Command } from 'commander';

/** What a template fills in when the job runs. */
export const unknownWord = 'FILLED-IN';

/** The lines of a shell that call this tool, as their words; by `npx`, by `node` or by its name. */
export function callsIn(text: string): readonly (readonly string[])[] {
  return text
    .replaceAll(/\\\n\s*/g, ' ')
    .replaceAll(/\$?\{\{[^}]*\}\}/g, unknownWord)
    .split('\n')
    .flatMap((line) => {
      const found =
        /(?:npx (?:--yes )?(?:--package \S+ )?openstack-conformance|node (?:"\$GITHUB_ACTION_PATH\/)?dist\/cli\/main\.js"?|npm run conformance --|^ *openstack-conformance) +(.*)$/.exec(
          line,
        );
      return found ? [words(found[0].startsWith('npm run') ? `run ${found[1] ?? ''}` : (found[1] ?? ''))] : [];
    });
}

/** Up to a comment, or to what the shell does with it. */
function words(rest: string): readonly string[] {
  const found = [...rest.matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
  const end = found.findIndex((word) => /^(#|\||\|\||&&|;|>>?|2>)/.test(word));
  return end < 0 ? found : found.slice(0, end);
}

/** A sentence; undefined when the verb and its options exist and its arguments fit. */
export function refusalOf(program: readonly Command[], call: readonly string[]): string | undefined {
  const [name = '', ...rest] = call;
  const verb = program.find((one) => one.name() === name);
  if (!verb) return `there is no verb ${name}`;
  if (verb.commands.length > 0) return refusalOf(verb.commands, rest);
  verb.exitOverride().configureOutput({ writeErr: () => undefined });
  try {
    const { operands, unknown } = verb.parseOptions([...rest]);
    const option = unknown.find((word) => word.startsWith('-'));
    if (option !== undefined) return `${name} has no option ${option}`;
    const given = operands.length;
    const least = verb.registeredArguments.filter(({ required }) => required).length;
    const isOpen = verb.registeredArguments.some(({ variadic }) => variadic);
    const most = isOpen ? Infinity : verb.registeredArguments.length;
    return given < least || given > most ? `${name} does not take ${given} arguments` : undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
