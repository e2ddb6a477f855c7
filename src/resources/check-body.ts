/** Checks that the body of a changing request names only allowed resources. The body is read as sent, as text. */
import { isJsonObject, type Json } from '../json.ts';
import { repeatedKey } from '../repeated-key.ts';
import type { DeclaredChange, Place, Reference } from './declared-change.ts';
import { fullyDecoded } from './fully-decoded.ts';

export interface BodyRules {
  /** Why a value is not allowed in the place of a declared reference, as a sentence; undefined when it is. */
  readonly wrongReference: (place: Place, value: string, reference: Reference) => string | undefined;
  readonly isHarmless: (text: string) => boolean;
  /** Malformed bodies are sent on purpose only in requests under test. */
  readonly judged: boolean;
}

/** Prefix of members and query parameters that no service has: `osc_unknown`. */
export const ownPrefix = /^osc/i;

/** Why the body may not be sent, as the end of a sentence; undefined when it may. */
export function wrongBody(change: DeclaredChange, text: string, rules: BodyRules): string | undefined {
  if (/^\s*$/.test(text)) return undefined;
  const oddRefused = whyNothingOdd(change, rules);
  const body = readBody(text);
  if (body === undefined) return oddRefused ?? wrongText(text, rules);
  return wrongJson(placesOf(change), body, rules, oddRefused);
}

/** Undefined when the text is not JSON, or has a key twice: services differ in how they read such bodies. */
export function readBody(text: string): Json | undefined {
  try {
    const body = JSON.parse(text) as Json;
    return repeatedKey(text) === undefined ? body : undefined;
  } catch {
    return undefined;
  }
}

/** The only top-level member of a body; undefined when there are none or several, or it is not a JSON object. */
export function actionOf(text: string): string | undefined {
  const body = readBody(text);
  const [first, ...more] = isJsonObject(body) ? Object.keys(body) : [];
  return more.length === 0 ? first : undefined;
}

/**
 * Of changes with one call, the one that applies to a body which is not one of an action: that of the only action among
 * its members, or the only creating one whose action occurs in a text that a service may read as an action after all.
 */
export function looselyNamed(changes: readonly DeclaredChange[], text: string): readonly DeclaredChange[] {
  const body = readBody(text);
  const keys = isJsonObject(body) ? Object.keys(body) : [];
  const named = changes.filter(({ action = '' }) => keys.includes(action));
  if (named.length > 0) return named;
  return changes.filter(({ creates, action }) => creates && action !== undefined && text.includes(action));
}

/** Why no part of the body may differ from the declaration; undefined when parts may. */
function whyNothingOdd({ refers }: DeclaredChange, { judged }: BodyRules): string | undefined {
  if (!judged) return 'its body is not of the declared form';
  const text = Object.entries(refers).find(
    ([place, to]) => place.startsWith('body ') && to && to.to.ids !== 'uuid' && to.or !== 'anything',
  );
  return text && `its body is not of the declared form, and any text may be the id of a ${text[1]?.to.type}`;
}

function wrongText(text: string, { isHarmless }: BodyRules): string | undefined {
  const plain = text.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const words = plain.split(/["'\s,:[\]{}<>=&]+/);
  const isOdd = [plain, fullyDecoded(plain), ...words].some((part) => !isHarmless(part));
  return isOdd ? 'its body is not plain JSON and has an id that is not in the ledger' : undefined;
}

/** The declarations at a place and below it. */
interface Places {
  readonly below: Map<string, Places>;
  leaf?: { readonly place: Place; readonly reference: Reference | undefined };
}

function placesOf({ refers, values = [], action }: DeclaredChange): Places {
  const root: Places = { below: new Map() };
  const add = (place: string, reference: Reference | undefined): void => {
    if (!place.startsWith('body /')) return;
    let at = root;
    for (const segment of place.slice('body /'.length).split('/')) {
      const next = at.below.get(segment) ?? { below: new Map<string, Places>() };
      at.below.set(segment, next);
      at = next;
    }
    at.leaf = { place: place as Place, reference };
  };
  if (action !== undefined) add(`body /${action}`, undefined);
  for (const place of values) add(place, undefined);
  for (const [place, reference] of Object.entries(refers)) add(place, reference);
  return root;
}

interface Open {
  readonly value: Json;
  /** Undefined below undeclared places, where only the texts are checked. */
  readonly places: Places | undefined;
  readonly pointer: string;
}

function wrongJson(root: Places, body: Json, rules: BodyRules, oddRefused: string | undefined): string | undefined {
  // Not recursive: bodies with thousands of levels are sent on purpose.
  const open: Open[] = [{ value: body, places: root, pointer: '' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, places, pointer } = next;
    const parts = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    if (typeof value !== 'object' || value === null) {
      const leaf = places?.leaf;
      const wrong = leaf ? wrongLeaf(leaf, value, rules) : (oddRefused ?? wrongOdd(String(value), rules));
      if (wrong !== undefined) return wrong;
    }
    for (const [key, inner] of parts) {
      const below = Array.isArray(value) ? places?.below.get('*') : (places?.below.get(key) ?? places?.below.get('*'));
      const isMember = places !== undefined && places.below.size > 0 && !Array.isArray(value);
      if (below === undefined && isMember && !ownPrefix.test(key)) {
        return `its member ${pointer}/${key.slice(0, 100)} is not declared`;
      }
      const wrong = below === undefined ? (oddRefused ?? wrongOdd(key, rules)) : undefined;
      if (wrong !== undefined) return wrong;
      // Messages name only declared members.
      open.push({ value: inner, places: below, pointer: below ? `${pointer}/${key}` : pointer });
    }
  }
  return undefined;
}

function wrongLeaf(
  { place, reference }: NonNullable<Places['leaf']>,
  value: string | number | boolean | null,
  { wrongReference }: BodyRules,
): string | undefined {
  if (reference === undefined || value === null || typeof value === 'boolean') return undefined;
  return wrongReference(place, String(value), reference);
}

function wrongOdd(text: string, { isHarmless }: BodyRules): string | undefined {
  return isHarmless(text) ? undefined : `its body has ${text.slice(0, 100)} where no id is declared`;
}
