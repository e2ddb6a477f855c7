/** Splits the URL of an endpoint at its version. */

export interface SplitEndpoint {
  /** Up to the version, without a trailing slash, with the prefix and port of a proxy. */
  readonly root: string;
  /** `v2.1`; undefined where the URL names no version. */
  readonly version: string | undefined;
  /** What follows the version, such as `/PROJECT`; empty without a version. */
  readonly rest: string;
}

const versionSegment = /^v\d+(?:\.\d+)?$/;

/** The version is the last segment that looks like one; an earlier one is part of the prefix. */
export function splitEndpoint(url: string): SplitEndpoint {
  const { origin, pathname } = new URL(url);
  const segments = pathname.split('/').filter((segment) => segment !== '');
  const at = segments.findLastIndex((segment) => versionSegment.test(segment));
  const path = (parts: readonly string[]): string => parts.map((part) => `/${part}`).join('');
  if (at < 0) return { root: origin + path(segments), version: undefined, rest: '' };
  return { root: origin + path(segments.slice(0, at)), version: segments[at], rest: path(segments.slice(at + 1)) };
}

/** The URL up to the version, where its version document is; the whole URL without a version. */
export function versionRoot(url: string): string {
  const { root, version } = splitEndpoint(url);
  return version === undefined ? root : `${root}/${version}`;
}

/** The URL of Keystone with `v3`: added when the version is missing, and replacing an obsolete one. */
export function keystoneRoot(url: string): string {
  return `${splitEndpoint(url).root}/v3`;
}
