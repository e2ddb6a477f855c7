/**
 * Finds operations that share method and path, and how requests tell which one they are for.
 *
 * Most have a member of their own at the root of the body: `{"pause": null}`. The manifest declares what differs
 * otherwise; one operation of a call may have no discriminator, and gets what no other one takes.
 */
import { intersect } from '../microversion.ts';
import { hasMember, type Discriminator } from './discriminator.ts';
import type { DraftOperation } from './draft.ts';

type Called = Pick<DraftOperation, 'id' | 'method' | 'path' | 'range'>;

/** `POST /servers/{}/action` */
export function callKey({ method, path }: Pick<Called, 'method' | 'path'>): string {
  return `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`;
}

/** Gives operations that share a call their discriminators, where they have none yet and the body's root shows one. */
export function withDiscriminators(drafts: readonly DraftOperation[]): readonly DraftOperation[] {
  const byCall = groupByCall(drafts);
  return drafts.map((draft) => {
    const others = (byCall.get(callKey(draft)) ?? []).filter((other) => other !== draft);
    if (draft.when || others.length === 0) return draft;
    const when = ownMember(draft, others);
    return when ? { ...draft, when } : draft;
  });
}

/**
 * Pointers of the members by which requests of an operation are told apart, where a request without any of them is one of
 * another operation; none where nobody else takes such requests.
 */
export function decidingPointers<T extends Called & { readonly when?: Discriminator }>(
  operations: readonly T[],
  operation: T,
): readonly string[] {
  if (!operation.when) return [];
  const call = callKey(operation);
  if (!operations.some((other) => !other.when && other !== operation && callKey(other) === call)) return [];
  return operation.when.flatMap(({ place, test }) =>
    place.in === 'body' && test.is === 'present' ? [place.pointer] : [],
  );
}

/** Pairs of operations that no request distinguishes, at microversions that both have. */
export function ambiguousPairs<T extends Called & { readonly when?: Discriminator }>(
  operations: readonly T[],
): readonly (readonly [T, T])[] {
  return [...groupByCall(operations).values()].flatMap((sharing) => {
    const open = sharing.filter(({ when }) => when === undefined);
    return open.flatMap((left, index) =>
      open.slice(index + 1).flatMap((right) => (intersect(left.range, right.range) ? [[left, right] as const] : [])),
    );
  });
}

function groupByCall<T extends Called>(operations: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const operation of operations) {
    const key = callKey(operation);
    groups.set(key, [...(groups.get(key) ?? []), operation]);
  }
  return groups;
}

/** The only member of the body's root, if no other operation of the call has it there. */
function ownMember(draft: DraftOperation, others: readonly DraftOperation[]): Discriminator | undefined {
  const [name, ...more] = rootMembers(draft);
  const isOwn = name !== undefined && more.length === 0 && !others.some((other) => rootMembers(other).includes(name));
  return isOwn ? hasMember(name) : undefined;
}

function rootMembers({ request: { body } }: DraftOperation): readonly string[] {
  if (body.kind !== 'json' || body.shape.type !== 'object') return [];
  return [...new Set(body.shape.members.map(({ name }) => name))];
}
