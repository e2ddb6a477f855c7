/**
 * Fragments of the page's address: the id of a clause or a case, then the filter:
 * `#compute/attach-volume%23echoes-tag@2.70?verdict=fail,warn`.
 */
export interface Filter {
  /** Empty: all. */
  readonly verdicts: readonly string[];
  readonly level: string;
  readonly operation: string;
  readonly identity: string;
  /** A range of microversions: `2.1-2.48`. */
  readonly microversions: string;
  readonly text: string;
}

export interface Address {
  /** Of a clause, a case or a heading; empty: none. */
  readonly id: string;
  readonly filter: Filter;
}

export const noFilter: Filter = {
  verdicts: [],
  level: '',
  operation: '',
  identity: '',
  microversions: '',
  text: '',
};

const keys = { level: 'level', operation: 'op', identity: 'as', microversions: 'mv', text: 'q' } as const;

export function formatAddress({
  id = '',
  filter = {},
}: {
  readonly id?: string;
  readonly filter?: Partial<Filter>;
}): string {
  const { verdicts = [], ...others } = filter;
  const pairs = [
    ...(verdicts.length > 0 ? [`verdict=${verdicts.join(',')}`] : []),
    ...(Object.keys(keys) as (keyof typeof keys)[]).flatMap((key) => {
      const value = others[key] ?? '';
      return value === '' ? [] : [`${keys[key]}=${encode(value)}`];
    }),
  ];
  return `#${encode(id)}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}

/** Ignores parts that cannot be read. */
export function parseAddress(hash: string): Address {
  const [id = '', query = ''] = hash.replace(/^#/, '').split('?');
  const values = new Map(
    query.split('&').map((pair): [string, string] => {
      const [key = '', ...value] = pair.split('=');
      return [key, decode(value.join('='))];
    }),
  );
  const read = (key: string): string => values.get(key) ?? '';
  return {
    id: decode(id),
    filter: {
      verdicts: read('verdict')
        .split(',')
        .filter((verdict) => verdict !== ''),
      level: read(keys.level),
      operation: read(keys.operation),
      identity: read(keys.identity),
      microversions: read(keys.microversions),
      text: read(keys.text),
    },
  };
}

/** Keeps slashes and `@` of an id readable. Replaces lone surrogates, which cannot be encoded. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD'))
    .replace(/%2F/g, '/')
    .replace(/%40/g, '@')
    .replace(/%20/g, '+');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
