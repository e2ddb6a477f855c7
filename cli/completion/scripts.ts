/** Completion scripts for shells. Where no verb or option matches, file names are completed. */
import type { VerbWords } from './words.ts';

type Script = (name: string, all: readonly VerbWords[]) => readonly string[];

/** The branches of a shell `case` on the verbs so far, in the common syntax of bash and zsh. */
function branches(all: readonly VerbWords[], complete: (words: string) => string): readonly string[] {
  return all.map(({ path, verbs, options }) => {
    const words = [...verbs, ...options].map(({ name }) => name).join(' ');
    return `    ${JSON.stringify(path.join(' '))}) ${complete(words)} ;;`;
  });
}

/** Sets `verb` to the verbs that the words begin with. */
function findPath(all: readonly VerbWords[], words: string): readonly string[] {
  const known = all.filter(({ path }) => path.length > 0).map(({ path }) => JSON.stringify(path.join(' ')));
  return [
    `  local verb="" word`,
    `  for word in ${words}; do`,
    `    case "\${verb:+$verb }$word" in`,
    `      ${known.join('|')}) verb="\${verb:+$verb }$word" ;;`,
    `    esac`,
    `  done`,
  ];
}

const bash: Script = (name, all) => [
  `_openstack_conformance() {`,
  ...findPath(all, '"${COMP_WORDS[@]:1:COMP_CWORD-1}"'),
  `  local words=""`,
  `  case "$verb" in`,
  ...branches(all, (words) => `words="${words}"`),
  `  esac`,
  `  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))`,
  `}`,
  `complete -o default -F _openstack_conformance ${name}`,
];

const zsh: Script = (name, all) => [
  `#compdef ${name}`,
  `_openstack_conformance() {`,
  ...findPath(all, '"${(@)words[2,CURRENT-1]}"'),
  `  case "$verb" in`,
  ...branches(all, (words) => `compadd -- ${words}`),
  `  esac`,
  `  _files`,
  `}`,
  `compdef _openstack_conformance ${name}`,
];

const fish: Script = (name, all) =>
  all.flatMap(({ path, verbs, options }) => {
    const at = fishCondition(
      path,
      verbs.map((verb) => verb.name),
    );
    const line = (rest: string, description: string): string =>
      `complete -c ${name} -n ${quoted(at)} ${rest} -d ${quoted(description)}`;
    return [
      ...verbs.map((verb) => line(`-f -a ${verb.name}`, verb.description)),
      ...options.map((one) => line(`-l ${one.name.slice(2)}${one.takesValue ? ' -r' : ''}`, one.description)),
    ];
  });

function fishCondition(path: readonly string[], verbs: readonly string[]): string {
  if (path.length === 0) return '__fish_use_subcommand';
  const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`);
  const further = verbs.length > 0 ? [`not __fish_seen_subcommand_from ${verbs.join(' ')}`] : [];
  return [...seen, ...further].join('; and ');
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

export const completionScripts: Readonly<Record<string, Script>> = { bash, fish, zsh };
