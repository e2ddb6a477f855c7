/** An address as RFC 3986 writes it: what cannot stand in one was sent percent-encoded, or is here. */

const authority = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i;

/** What is neither reserved nor unreserved, a fragment, which no request has, and a percent sign that begins no escape. */
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
