/**
 * Secrets that nobody has learned, found by where they stand in a text: in the user part of a URL, in a parameter that
 * signs one, and in members of JSON that hold passwords.
 */

/** `https://ada:lovelace@host` */
const userPart = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'<>\\]+@/gi;

/** `?temp_url_sig=…`, `&X-Amz-Signature=…` */
const signing =
  /([?&;](?:amp;)?(?:[a-z0-9-]*(?:signature|credential|security-token)|sig|temp_url_sig|(?:access_|auth_)?token|password|secret|api_?key)=)[^&#\s"'<>\\]+/gi;

const members = '(?:adminPass|admin_pass|(?:auth_)?password|passwd|secret(?:_key)?|access_token|api_key|private_key)';

const secretMember = new RegExp(`^${members}$`, 'i');

/** Is what stands in a member of this name a secret? */
export function isSecretMember(name: string): boolean {
  return secretMember.test(name);
}

/** `"adminPass": "…"` */
const member = new RegExp(`("${members}"\\s*:\\s*")(?:[^"\\\\]|\\\\.)+`, 'gi');

/** The same in JSON that stands in a JSON text. */
const quotedMember = new RegExp(`(\\\\"${members}\\\\"\\s*:\\s*\\\\")[^"\\\\]+`, 'gi');

interface Place {
  readonly pattern: RegExp;
  /** What every text has that it may be in; most texts have none of it, and are done with at once. */
  readonly mark: string;
  /** What stands behind the secret and is kept. */
  readonly after?: string;
}

const places: readonly Place[] = [
  { pattern: userPart, mark: '@', after: '@' },
  { pattern: signing, mark: '=' },
  { pattern: member, mark: '"' },
  { pattern: quotedMember, mark: '\\"' },
];

export function withoutPlacedSecrets(text: string, redacted: string): string {
  return places.reduce(
    (safe, { pattern, mark, after = '' }) =>
      safe.includes(mark) ? safe.replace(pattern, (_, before: string) => before + redacted + after) : safe,
    text,
  );
}
