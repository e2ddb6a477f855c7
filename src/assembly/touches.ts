/** What the changes of an erratum touch, as topics. */
import type { Topic, Touch } from '../contract/model.ts';
import { otherMembersTopic } from '../contract/members.ts';
import { memberTopic } from '../contract/members.ts';
import type { Change, ErratumEntry } from './model.ts';

export function touchesOf({ changes }: ErratumEntry): readonly Touch[] {
  return changes.map((change) => ({ operations: change.operations, topics: topicsOf(change) }));
}

function topicsOf(change: Change): readonly Topic[] {
  switch (change.change) {
    case 'availability':
      return ['availability'];
    case 'member':
    case 'no-member':
      return [memberTopic(change.side, change.path)];
    case 'new-member':
      return [memberTopic(change.side, change.path), otherMembersTopic(change.side, change.path.slice(0, -1))];
    case 'parameter':
    case 'new-parameter':
    case 'no-parameter':
      return [`${change.in} ${change.name}`];
    case 'no-header':
      return [`header ${change.name}`];
    case 'no-body':
      return [`body ${change.status}`];
    case 'success':
    case 'new-error':
      return [`status ${change.status}`];
    case 'unknown-query':
      return ['unknown-query'];
  }
}
