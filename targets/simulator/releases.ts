/**
 * The legitimate differences between releases other than the newest microversion.
 */

import { microversion } from '../../src/microversion.ts';
import type { Behaviour } from './behaviour.ts';
import { blockStorageBehaviour, readableByServices } from './block-storage/rules.ts';
import type { ComputeBehaviour } from './compute/behaviour.ts';
import { withLegacyDefaults } from './compute/policies.ts';
import { computeBehaviour } from './compute/rules.ts';
import { withRules } from './kernel/endpoint.ts';
import { identityBehaviour } from './identity/rules.ts';
import { imageBehaviour } from './image/rules.ts';
import { networkBehaviour } from './network/rules.ts';
import { exemplary } from './exemplary.ts';
import type { Maximum, Settings } from './options.ts';

/** The rules of the release that the settings choose, before any fault. */
export function behaviourOf(settings: Settings): Behaviour {
  const newest = releases[settings.maximum](computeBehaviour);
  const legacy = (settings.policyDefaults ?? defaultPolicies[settings.maximum]) === 'legacy';
  const compute: ComputeBehaviour = {
    ...newest,
    maximum: microversion(settings.maximum),
    policies: legacy ? withLegacyDefaults(newest.policies) : newest.policies,
    projectScopeOnly: !legacy,
    supportText: settings.supportText ?? newest.supportText,
  };
  const blockStorage = settings.serviceSeesMigrations
    ? readableByServices(blockStorageBehaviour)
    : blockStorageBehaviour;
  const released = {
    identity: identityBehaviour,
    compute,
    blockStorage,
    image: imageBehaviour,
    network: networkBehaviour,
  };
  return settings.respond === 'exemplary' ? exemplary(released) : released;
}

type Release = (newest: ComputeBehaviour) => ComputeBehaviour;

/** Queens has one kind of user; the later releases have the defaults that operators configure today. */
const defaultPolicies: Readonly<Record<Maximum, 'new' | 'legacy'>> = {
  '2.60': 'legacy',
  '2.93': 'new',
  '2.100': 'new',
  '2.104': 'new',
};

const releases: Readonly<Record<Maximum, Release>> = {
  '2.60': (newest) => queens(zed(epoxy(newest))),
  '2.93': (newest) => zed(epoxy(newest)),
  '2.100': epoxy,
  '2.104': (newest) => newest,
};

/** 2025.1: the service role may not swap, managers may not move servers, and incomplete attachments have no id. */
function epoxy(newer: ComputeBehaviour): ComputeBehaviour {
  return {
    ...newer,
    legacyDocument: { status: 'SUPPORTED', updated: '2011-01-21T11:33:21Z' },
    policies: {
      ...newer.policies,
      'os-volumes-attachments:swap': ['admin'],
      'os-migrate-server:migrate': ['admin'],
      'os-migrate-server:migrate_live': ['admin'],
      'os-migrations:index': ['admin'],
      'servers:migrations:index': ['admin'],
      'servers:migrations:force_complete': ['admin'],
      'servers:migrations:delete': ['admin'],
    },
    attachments: { ...newer.attachments, unrecorded: 'null' },
  };
}

/** Zed: an administrator may swap a volume that is not migrating. */
function zed(newer: ComputeBehaviour): ComputeBehaviour {
  return {
    ...newer,
    crashingDepth: 900,
    ...withRules(newer, 'compute/swap-volume', ({ checks }) => ({
      checks: checks.filter((name) => name !== 'migrating'),
    })),
  };
}

/** Queens: PUT is for administrators, by its only policy, and detaching the root disk is a 403. */
function queens(newer: ComputeBehaviour): ComputeBehaviour {
  return {
    ...newer,
    supportText: 'Please report this at http://bugs.launchpad.net/nova/ and attach the Nova API log if possible.',
    policies: { ...newer.policies, 'os-volumes-attachments:update': ['admin'] },
    attachments: {
      ...newer.attachments,
      rootDetachStatus: 403,
      tooManyDisksStatus: 500,
    },
    ...withRules(newer, 'compute/swap-volume', () => ({ policy: { rule: 'os-volumes-attachments:update' } })),
  };
}
