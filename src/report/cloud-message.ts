/** Extracts the service's own message from an error response, to be shown with an unexpected status. */
import { isJsonObject, jsonList, jsonText, parseJson, type Json } from '../json.ts';
import { printable } from './printable.ts';

/** In characters. */
const longest = 240;

/** Reads every form of error body of OpenStack services and their web servers; undefined where there is no message. */
export function cloudMessage(body: string): string | undefined {
  const text = plain(isMarkup(body) ? body : (inJson(parseJson(body)) ?? (looksLikeJson(body) ? '' : body)));
  return text === '' ? undefined : printable(text, longest);
}

function isMarkup(body: string): boolean {
  return /^\s*</.test(body);
}

function looksLikeJson(body: string): boolean {
  return /^\s*[[{]/.test(body);
}

const members = ['message', 'detail', 'faultstring', 'title'] as const;

/** `{ badRequest: { message } }`, `{ message }`, `{ error: { message } }`, `{ errors: [{ detail }] }`. */
function inJson(value: Json | undefined): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const own = [value, ...Object.values(value), ...jsonList(value.errors)].filter(isJsonObject);
  return own.flatMap((part) => members.flatMap((name) => jsonText(part[name]) ?? [])).find((text) => text !== '');
}

/** Without markup, on one line. */
function plain(text: string): string {
  return text
    .replace(/<(?:style|script|title)\b[^>]*>[^]*?<\/(?:style|script|title)>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
