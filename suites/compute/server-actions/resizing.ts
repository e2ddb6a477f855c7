/** Actions that give a server another flavor, and confirm or revert that. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { running } from './power.ts';
import { serverAction } from './server-action.ts';

const capabilities = ['resize'];

function otherFlavor({ run }: CheckContext): { readonly flavorRef: string } {
  return { flavorRef: run.target.fixtures.other_flavor ?? '' };
}

export const resizeServer = serverAction('compute/resize-server', {
  ...{ key: 'resize', noun: 'A resize', section: 'Resize', by: 'member', capabilities },
  does: 'Gives a server another flavor: it becomes ``VERIFY_RESIZE`` and shows that flavor until the resize is confirmed or reverted.',
  argument: otherFlavor,
  members: () => ({ 'OS-DCF:diskConfig': 'MANUAL' }),
  values: ['OS-DCF:diskConfig'],
  refers: { 'body /resize/flavorRef': { to: { type: 'flavor' }, or: 'anything' } },
  ...{ from: 'active', also: ['stopped'] },
  states: 'A server that is neither active nor stopped is answered with 409.',
  leads: { status: 'VERIFY_RESIZE', vmState: 'resized' },
});

export const confirmResize = serverAction('compute/confirm-resized-server', {
  ...{
    key: 'confirmResize',
    noun: 'A confirmation of a resize',
    section: 'Confirm resize',
    by: 'member',
    capabilities,
  },
  does: 'Ends a resize with the new flavor: the server becomes ``ACTIVE`` and keeps it.',
  from: 'resized',
  states: 'A server that is not resized is answered with 409.',
  leads: running,
  // It has another flavor than the servers that other cases start from.
  spends: 'always',
});

export const revertResize = serverAction('compute/revert-resized-server', {
  ...{ key: 'revertResize', noun: 'A reversion of a resize', section: 'Revert resize', by: 'member', capabilities },
  does: 'Ends a resize with the former flavor: the server becomes ``ACTIVE`` and has it again.',
  from: 'resized',
  states: 'A server that is not resized is answered with 409.',
  leads: running,
});
