/** Where the version stands in the URL of an endpoint: the one place that takes such a URL apart. */

export interface SplitEndpoint {
  /** Up to the version, without a trailing slash: prefixes and ports of a proxy stay. */
  readonly root: string;
  /** `v2.1`; undefined where the URL names no version. */
  readonly version: string | undefined;
  /** What follows the version, such as `/PROJECT`; empty without a version. */
  readonly rest: string;
}

const versionSegment = /^v\d+(?:\.\d+)?$/;

/** The last segment that looks like a version counts: one before it belongs to the prefix. */
export function splitEndpoint(url: string): SplitEndpoint {
  const { origin, pathname } = new URL(url);
  const segments = pathname.split('/').filter((segment) => segment !== '');
  const at = segments.findLastIndex((segment) => versionSegment.test(segment));
  const path = (parts: readonly string[]): string => parts.map((part) => `/${part}`).join('');
  if (at < 0) return { root: origin + path(segments), version: undefined, rest: '' };
  return { root: origin + path(segments.slice(0, at)), version: segments[at], rest: path(segments.slice(at + 1)) };
}

/** The part up to the version, where its document is; the whole where no version is named. */
export function versionRoot(url: string): string {
  const { root, version } = splitEndpoint(url);
  return version === undefined ? root : `${root}/${version}`;
}

/** Keystone, however its URL is written: `v3` stands for no version, and for one that is no more. */
export function keystoneRoot(url: string): string {
  return `${splitEndpoint(url).root}/v3`;
}
