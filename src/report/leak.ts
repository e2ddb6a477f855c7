/** A resource that a run left behind, with the command that removes it. Names from the target are escaped. */
import type { Owned } from '../resources/ledger.ts';
import type { ResourceKind } from '../resources/resource-type.ts';
import type { ClientAccesses } from '../resources/client-access.ts';
import type { IdentityFacts, Leak } from '../records/run-facts.ts';
import { printable } from './printable.ts';
import { commandLine, shellWord } from './shell-word.ts';

/** The command is for its creator. */
export function leakOf({ type, id, name, identity }: Owned, kinds: readonly ResourceKind[], by: ClientAccesses): Leak {
  const kind = kinds.find((one) => one.type === type);
  if (!kind) return { type, id, name, command: '' };
  const { options = [], variables = [] } = by[identity ?? 'member'] ?? {};
  return {
    ...{ type, id, name },
    command: `${commandLine('openstack', options)} ${kind.command} ${wordsOf(id)}${kind.commandEnd === undefined ? '' : ` ${kind.commandEnd}`}`,
    ...(variables.length > 0 && { variables }),
  };
}

export function accessesIn(identities: readonly IdentityFacts[]): ClientAccesses {
  return Object.fromEntries(identities.flatMap(({ role, client }) => (client ? [[role, client]] : [])));
}

/** An id that begins with a hyphen would be parsed as an option. */
function wordsOf(id: string): string {
  return id.startsWith('-') ? `-- ${shellWord(id)}` : shellWord(id);
}

/** A leak as one line. */
export function leftBehind({ type, id, command, variables }: Leak): string {
  return `Left behind: ${type} ${printable(id)}${describeVariables(variables)}; remove it with: ${command}`;
}

/** What the command needs in the environment, to be added to the name of the resource. */
export function describeVariables(variables: Leak['variables'] = []): string {
  if (variables.length === 0) return '';
  return `, with ${variables.map((name) => printable(name)).join(', ')} set as in the run`;
}
