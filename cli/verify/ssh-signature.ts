/** Signatures as `ssh-keygen -Y` makes them: what it says of one, in our words. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { UsageError } from '../errors.ts';

/** What a signature is for, so that one made for something else says nothing here. */
export const signatureNamespace = 'openstack-conformance';

/** The signature of a file. Asks for a passphrase on the terminal where the key has one. @throws UsageError */
export function signatureOf(file: string, key: string): string {
  if (!existsSync(key))
    throw new UsageError(
      `The key ${key} is not there; name a private key, or a public key whose private one an agent has.`,
    );
  const words = ['-Y', 'sign', '-n', signatureNamespace, '-f', key];
  const { status, stdout } = run(words, { input: readFileSync(file), showsErrors: true });
  if (status !== 0) throw new UsageError(`ssh-keygen could not sign ${file} with ${key}.`);
  return stdout;
}

export interface Signed {
  /** `ED25519 key SHA256:…`, as ssh-keygen names it. */
  readonly key: string;
  /** Whom the list of allowed signers has for it; missing where no list was given. */
  readonly signer?: string;
}

export interface SignatureQuestion {
  readonly signature: string;
  /** The text that was signed. */
  readonly signed: Buffer;
  /** A list in the form of ssh-keygen's ALLOWED SIGNERS. */
  readonly allowedSigners?: string | undefined;
  /** Who has to be the signer; anybody on the list when missing. */
  readonly signer?: string | undefined;
}

/** A sentence when the signature is not good. @throws UsageError */
export function checkSignature(question: SignatureQuestion): Signed | { readonly refused: string } {
  const { signature, signed, allowedSigners } = question;
  const plain = run(['-Y', 'check-novalidate', '-n', signatureNamespace, '-s', signature], { input: signed });
  if (plain.status !== 0) return { refused: 'The signature is not one of the statement.' };
  const key = / with (.+)$/m.exec(plain.stdout)?.[1] ?? 'a key';
  if (allowedSigners === undefined) return { key };
  if (!existsSync(allowedSigners)) throw new UsageError(`The list of signers ${allowedSigners} is not there.`);
  const found = run(['-Y', 'find-principals', '-s', signature, '-f', allowedSigners], {}).stdout.split('\n');
  const known = found.map((name) => name.trim()).filter((name) => name !== '');
  const wanted = question.signer ?? known[0];
  if (wanted === undefined || !known.includes(wanted)) {
    return {
      refused: `The statement is signed with ${key}, which ${allowedSigners} does not have for ${question.signer ?? 'anybody'}.`,
    };
  }
  const verify = ['-Y', 'verify', '-f', allowedSigners, '-I', wanted, '-n', signatureNamespace, '-s', signature];
  if (run(verify, { input: signed }).status === 0) return { key, signer: wanted };
  return {
    refused: `The signature of ${wanted} is not valid: its key is out of date, revoked or not allowed for this.`,
  };
}

interface RunOptions {
  readonly input?: Buffer;
  /** Its errors go to the user's terminal. */
  readonly showsErrors?: boolean;
}

function run(
  args: readonly string[],
  { input, showsErrors }: RunOptions,
): { readonly status: number; readonly stdout: string } {
  const done = spawnSync('ssh-keygen', args, {
    ...(input ? { input } : {}),
    stdio: ['pipe', 'pipe', showsErrors ? 'inherit' : 'pipe'],
    encoding: 'utf8',
  });
  if (done.error) throw new UsageError('ssh-keygen is not to be found; signatures need OpenSSH 8.2 or later.');
  return { status: done.status ?? 1, stdout: done.stdout };
}
