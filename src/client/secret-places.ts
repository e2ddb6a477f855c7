/**
 * Finds unknown secrets by their place in a text: the user part of a URL, a parameter that signs a URL, and members of
 * JSON that contain passwords.
 */

/** `https://ada:lovelace@host` */
const userPart = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'<>\\]+@/gi;

/** `?temp_url_sig=…`, `&X-Amz-Signature=…`, and `?path=%3Ftoken%3D…`, where the URL is a parameter of another one */
const signing =
  /((?:[?&;](?:amp;)?|%3f|%26)(?:[a-z0-9-]*(?:signature|credential|security-token)|sig|temp_url_sig|(?:access_|auth_)?token|password|secret|api_?key)(?:=|%3d))(?:(?!%26)[^&#\s"'<>\\])+/gi;

/** `/os-console-auth-tokens/…` */
const tokenInPath = /(\/[a-z-]+-auth-tokens\/)[^/?#\s"'<>\\]+/gi;

const members = '(?:adminPass|admin_pass|(?:auth_)?password|passwd|secret(?:_key)?|access_token|api_key|private_key)';

const secretMember = new RegExp(`^${members}$`, 'i');

/** Whether the value of a member with this name is a secret. */
export function isSecretMember(name: string): boolean {
  return secretMember.test(name);
}

/** `"adminPass": "…"` */
const member = new RegExp(`("${members}"\\s*:\\s*")(?:[^"\\\\]|\\\\.)+`, 'gi');

/** The same in JSON that is quoted in a JSON text. */
const quotedMember = new RegExp(`(\\\\"${members}\\\\"\\s*:\\s*\\\\")[^"\\\\]+`, 'gi');

interface Place {
  readonly pattern: RegExp;
  /** A text that every match contains; texts without it are skipped. */
  readonly mark: string;
  /** The part of the match after the secret, which is kept. */
  readonly after?: string;
}

const places: readonly Place[] = [
  { pattern: userPart, mark: '@', after: '@' },
  { pattern: signing, mark: '=' },
  { pattern: tokenInPath, mark: '-auth-tokens/' },
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
