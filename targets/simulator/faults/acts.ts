/**
 * What clients do with attachments. Updating and swapping share a route, and the body tells which of them is meant.
 */

import { type Json, member, type SimRequest, textMember } from '../http.ts';

export const actNames = ['list', 'show', 'attach', 'update', 'swap', 'detach'] as const;

export type ActName = (typeof actNames)[number];

/** As a sentence begins. */
export const wordsOf: Readonly<Record<ActName, string>> = {
  list: 'A list',
  show: 'A show',
  attach: 'An attach',
  update: 'An update',
  swap: 'A swap',
  detach: 'A detach',
};

/** By the names of the routes; the contract has a name of its own for the swap. */
export const operationsOf: Readonly<Record<ActName, readonly string[]>> = {
  list: ['compute/list-volume-attachments'],
  show: ['compute/show-volume-attachment'],
  attach: ['compute/attach-volume'],
  update: ['compute/update-volume-attachment'],
  swap: ['compute/update-volume-attachment', 'compute/swap-volume'],
  detach: ['compute/detach-volume'],
};

/** A body that names no volume may be meant as either. */
export function isFor(act: ActName, request: SimRequest): boolean {
  if (act !== 'update' && act !== 'swap') return true;
  const named = textMember(member(bodyOf(request), 'volumeAttachment'), 'volumeId');
  return named === undefined || (named === request.params.volume_id) === (act === 'update');
}

/** Undefined for what is no JSON. */
export function bodyOf({ body = '' }: Pick<SimRequest, 'body'>): Json | undefined {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}
