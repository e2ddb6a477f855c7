/**
 * The actions on attachments. Update and swap share a route; the body decides between them.
 */

import { type Json, member, type SimRequest, textMember } from '../kernel/http.ts';

export const actionNames = ['list', 'show', 'attach', 'update', 'swap', 'detach'] as const;

export type ActionName = (typeof actionNames)[number];

/** The beginning of a sentence. */
export const wordsOf: Readonly<Record<ActionName, string>> = {
  list: 'A list',
  show: 'A show',
  attach: 'An attach',
  update: 'An update',
  swap: 'A swap',
  detach: 'A detach',
};

/** By the names of the routes; the contract has a separate name for the swap. */
export const operationsOf: Readonly<Record<ActionName, readonly string[]>> = {
  list: ['compute/list-volume-attachments'],
  show: ['compute/show-volume-attachment'],
  attach: ['compute/attach-volume'],
  update: ['compute/update-volume-attachment'],
  swap: ['compute/update-volume-attachment', 'compute/swap-volume'],
  detach: ['compute/detach-volume'],
};

/** A body that names no volume counts as both. */
export function isFor(action: ActionName, request: SimRequest): boolean {
  if (action !== 'update' && action !== 'swap') return true;
  const named = textMember(member(bodyOf(request), 'volumeAttachment'), 'volumeId');
  return named === undefined || (named === request.params.volume_id) === (action === 'update');
}

/** Undefined for a body that is not JSON. */
export function bodyOf({ body = '' }: Pick<SimRequest, 'body'>): Json | undefined {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}
