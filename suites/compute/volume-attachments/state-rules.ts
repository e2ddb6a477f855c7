/** How the operations on volume attachments behave on servers in other states than ACTIVE. */
import type { ServerStateRules } from '../../../src/clauses/define-operation.ts';
import { serverStates } from '../fixtures/server-states.ts';
import { expectListed, expectShown, formFaults } from './observed-in-state.ts';
import { inState, ofAttachment } from './prepared-calls.ts';
import { attaching, detaching, listing, showing } from './quotes.ts';

/** Volumes come and go in these states; the others that public calls can reach are a conflict. */
export const settled = {
  paused: '2.1-',
  stopped: '2.1-',
  resized: '2.1-',
  'soft-deleted': '2.1-',
  shelved: '2.20-',
  'shelved-offloaded': '2.20-',
};
export const unsettled = {
  shelved: '2.1-2.19',
  'shelved-offloaded': '2.1-2.19',
  suspended: '2.1-',
  rescued: '2.1-',
  error: '2.1-',
};
export const everyState = Object.fromEntries(Object.keys(serverStates).map((state) => [state, 'always']));
export const shelvedTakes = attaching(
  'A server that is SHELVED or SHELVED_OFFLOADED takes a volume since microversion 2.20.',
);
export const shelvedGives = detaching(
  'A server that is SHELVED or SHELVED_OFFLOADED gives up a volume since microversion 2.20.',
);

export const listedInStates: ServerStateRules = {
  noun: 'The attachments of',
  quote: listing('Tells which volumes are attached to one server.'),
  unaffected: {
    verb: 'listed',
    killedBy: (state) => formFaults(state, 'list'),
    prepared: async (ctx, state) => {
      const { attached: its } = await inState(ctx, state);
      return { resources: { server: its.server }, judge: (response) => expectListed(ctx, response, its) };
    },
  },
};

export const shownInStates: ServerStateRules = {
  noun: 'An attachment of',
  quote: showing('Tells about one attachment of a server.'),
  unaffected: {
    verb: 'shown',
    killedBy: (state) => formFaults(state, 'show'),
    prepared: async (ctx, state) => {
      const { attached: its } = await inState(ctx, state);
      return { resources: ofAttachment(its), judge: (response) => expectShown(ctx, response, its) };
    },
  },
};
