/** Converts a sample to its form, which has a word for each value, and a form to a neutral value of that form. */
import { isJsonObject, type Json } from '../json.ts';

interface Word {
  readonly word: string;
  /** The neutral value of the form. */
  readonly neutral: Json;
  readonly fits: (value: Json) => boolean;
}

const text =
  (pattern: RegExp) =>
  (value: Json): boolean =>
    typeof value === 'string' && pattern.test(value);

/** The first that fits applies. */
const words: readonly Word[] = [
  { word: 'null', neutral: null, fits: (value) => value === null },
  { word: 'boolean', neutral: true, fits: (value) => typeof value === 'boolean' },
  { word: 'integer', neutral: 1, fits: (value) => Number.isInteger(value) },
  { word: 'number', neutral: 0.5, fits: (value) => typeof value === 'number' },
  {
    word: 'uuid',
    neutral: '00000000-0000-4000-8000-000000000001',
    fits: text(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i),
  },
  { word: 'date-time', neutral: '2001-01-01T00:00:00Z', fits: text(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/) },
  { word: 'date', neutral: '2001-01-01', fits: text(/^\d{4}-\d\d-\d\d$/) },
  { word: 'url', neutral: 'http://example.test/', fits: text(/^https?:\/\/\S+$/) },
  { word: 'ipv4', neutral: '192.0.2.1', fits: text(/^\d{1,3}(?:\.\d{1,3}){3}$/) },
  { word: 'mac', neutral: '00:00:5e:00:53:01', fits: text(/^[\da-f]{2}(?::[\da-f]{2}){5}$/i) },
  { word: 'ipv6', neutral: '2001:db8::1', fits: text(/^[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}$/i) },
  { word: 'string', neutral: 'text', fits: (value) => typeof value === 'string' },
];

/** Items with the same form become one. */
export function formOf(value: Json): Json {
  if (Array.isArray(value)) {
    const forms = (value as readonly Json[]).map(formOf);
    return [...new Map(forms.map((form) => [JSON.stringify(form), form])).values()];
  }
  if (isJsonObject(value)) return mapped(value, formOf);
  return words.find(({ fits }) => fits(value))?.word ?? 'string';
}

/** Unknown words become text. */
export function valueOf(form: Json): Json {
  if (Array.isArray(form)) return (form as readonly Json[]).map(valueOf);
  if (isJsonObject(form)) return mapped(form, valueOf);
  const known = words.find(({ word }) => word === form);
  return known ? known.neutral : 'text';
}

function mapped(value: Readonly<Record<string, Json>>, change: (inner: Json) => Json): Json {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));
}
