/** Checks whether credentials may be sent to a URL from a catalogue. */

export interface SignedInAt {
  /** Where the token comes from; undefined without a token. */
  readonly authUrl: string | undefined;
  /** The operator switched the verification of certificates off. */
  readonly insecure: boolean;
}

/** What is wrong with the URL, as the rest of a sentence; undefined when it may be used. */
export function unfitUrl(text: string, { authUrl, insecure }: SignedInAt): string | undefined {
  if (!URL.canParse(text)) return 'which is not a URL';
  if (/\s/.test(text)) return 'which contains a blank';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'which is neither http nor https';
  if (url.username !== '' || url.password !== '') return 'which contains a user name or a password';
  if (url.search !== '' || url.hash !== '') return 'which contains a query or a fragment';
  if (isLinkLocal(url.hostname)) return 'which is a link-local address, where clouds keep their metadata service';
  if (url.protocol === 'http:' && authUrl !== undefined && isHttps(authUrl) && !insecure) {
    return 'to which the token would be sent unencrypted, although the identity service uses https';
  }
  return undefined;
}

function isHttps(url: string): boolean {
  return /^https:/i.test(url);
}

/** IPv4, IPv6 (RFC 3927, RFC 4291 2.5.6), and IPv4-mapped IPv6. */
function isLinkLocal(host: string): boolean {
  return host.startsWith('169.254.') || /^\[fe[89ab]/i.test(host) || /^\[::ffff:a9fe:/i.test(host);
}

/** For messages: what stands before the host may be a password. */
export function withoutUser(text: string): string {
  return text.replace(/^([a-z][a-z\d+.-]*:[\\/]*)[^/?#]*@/i, '$1…@');
}
