/** The states of a server that cases start from, and the actions that lead to them. */
import type { Identity } from '../../src/clauses/identity.ts';
import type { Json } from '../../src/json.ts';

export interface ServerState {
  /** The `OS-EXT-STS:vm_state` of the server, where it differs from the name of the state. */
  readonly vmState?: string;
  /** Shown to people: `a paused server`. */
  readonly words: string;
  /** Actions in order; each completes when the server has its status. */
  readonly steps: readonly StateStep[];
  /** Identities other than the member that a step needs. */
  readonly identities: readonly Identity[];
  /** The capabilities that the target needs. */
  readonly capabilities: readonly string[];
}

export interface StateStep {
  readonly action: string;
  readonly argument: (fixtures: Readonly<Record<string, string>>) => Json;
  readonly as: Identity;
  /** The API status to wait for. */
  readonly status: string;
  /** Other statuses with which the step is complete. */
  readonly or?: readonly string[];
}

function step(action: string, status: string, more: Partial<StateStep> = {}): StateStep {
  return { action, status, as: 'member', argument: () => null, ...more };
}

const shelve = step('shelve', 'SHELVED', { or: ['SHELVED_OFFLOADED'] });

export const serverStates = {
  paused: { words: 'a paused server', steps: [step('pause', 'PAUSED')], identities: [], capabilities: [] },
  stopped: { words: 'a stopped server', steps: [step('os-stop', 'SHUTOFF')], identities: [], capabilities: [] },
  suspended: { words: 'a suspended server', steps: [step('suspend', 'SUSPENDED')], identities: [], capabilities: [] },
  rescued: {
    words: 'a rescued server',
    steps: [step('rescue', 'RESCUE', { argument: () => ({}) })],
    identities: [],
    capabilities: ['rescue'],
  },
  resized: {
    words: 'a resized server that waits for confirmation',
    steps: [step('resize', 'VERIFY_RESIZE', { argument: ({ other_flavor: flavorRef = '' }) => ({ flavorRef }) })],
    identities: [],
    capabilities: ['resize'],
  },
  shelved: {
    words: 'a shelved server that still has its host',
    steps: [shelve],
    identities: [],
    capabilities: [],
  },
  'shelved-offloaded': {
    vmState: 'shelved_offloaded',
    words: 'a shelved-offloaded server',
    steps: [shelve, step('shelveOffload', 'SHELVED_OFFLOADED', { as: 'admin' })],
    identities: ['admin'],
    capabilities: [],
  },
  error: {
    words: 'a server in error',
    steps: [step('os-resetState', 'ERROR', { as: 'admin', argument: () => ({ state: 'error' }) })],
    identities: ['admin'],
    capabilities: [],
  },
  'soft-deleted': {
    vmState: 'soft-delete',
    words: 'a soft-deleted server',
    steps: [],
    identities: [],
    capabilities: [],
  },
} as const satisfies Readonly<Record<string, ServerState>>;

export type StateName = keyof typeof serverStates;

/** The `OS-EXT-STS:vm_state` of a server in the state. */
export function vmStateOf(name: StateName): string {
  const state: ServerState = serverStates[name];
  return state.vmState ?? name;
}
