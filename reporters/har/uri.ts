/** A URL in the form of RFC 3986: characters that it does not allow are percent-encoded. */

const authority = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i;

/** Characters that are not reserved or unreserved, `#` (no request has a fragment), and a `%` that starts no escape. */
const foreign = /[^!$&'()*+,\-./\w:;=?@~%]|%(?![\da-f]{2})/giu;

export function uriOf(url: string): string {
  const start = authority.exec(url)?.[0] ?? '';
  return start + url.slice(start.length).replace(foreign, percentEncoded);
}

function percentEncoded(character: string): string {
  return Array.from(
    Buffer.from(character, 'utf8'),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}
