/** Is a URL from a catalogue one that credentials may be sent to? */

export interface SignedInAt {
  /** Where the token comes from; undefined where there is none. */
  readonly authUrl: string | undefined;
  /** The operator gave up on TLS. */
  readonly insecure: boolean;
}

/** What is wrong with it, as the rest of a sentence; undefined when nothing is. */
export function unfitUrl(text: string, { authUrl, insecure }: SignedInAt): string | undefined {
  if (!URL.canParse(text)) return 'which is no URL';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'which is neither http nor https';
  if (url.username !== '' || url.password !== '') return 'which holds a user name or a password';
  if (url.search !== '' || url.hash !== '') return 'which holds a query or a fragment';
  if (isLinkLocal(url.hostname)) return 'which is a link-local address, where clouds keep their metadata service';
  if (url.protocol === 'http:' && authUrl !== undefined && isHttps(authUrl) && !insecure) {
    return 'to which the token would go in the clear, though the identity service is at https';
  }
  return undefined;
}

function isHttps(url: string): boolean {
  return /^https:/i.test(url);
}

/** Of IPv4 and IPv6 (RFC 3927, RFC 4291 2.5.6), and the former written as the latter. */
function isLinkLocal(host: string): boolean {
  return host.startsWith('169.254.') || /^\[fe[89ab]/i.test(host) || /^\[::ffff:a9fe:/i.test(host);
}
