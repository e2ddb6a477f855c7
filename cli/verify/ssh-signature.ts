/** Creates and checks signatures by `ssh-keygen -Y`. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { UsageError } from '../errors.ts';

/** The namespace of a signature, so that one made for another purpose is not valid here. */
export const signatureNamespace = 'openstack-conformance';

/** The signature of a file. Asks for a passphrase on the terminal where the key has one. @throws UsageError */
export function signatureOf(file: string, key: string): string {
  if (!existsSync(key))
    throw new UsageError(
      `There is no key ${key}. Pass a private key, or a public key whose private key is in an agent.`,
    );
  const words = ['-Y', 'sign', '-n', signatureNamespace, '-f', key];
  const { status, stdout } = run(words, { input: readFileSync(file), showsErrors: true });
  if (status !== 0) throw new UsageError(`ssh-keygen could not sign ${file} with ${key}.`);
  return stdout;
}

export interface Signed {
  /** `ED25519 key SHA256:…`, as ssh-keygen names it. */
  readonly key: string;
  /** The name of the key in the list of allowed signers; missing without a list. */
  readonly signer?: string;
}

export interface SignatureQuestion {
  readonly signature: string;
  /** The text that was signed. */
  readonly signed: Buffer;
  /** A file in the format of ssh-keygen's ALLOWED SIGNERS. */
  readonly allowedSigners?: string | undefined;
  /** The required signer; anyone on the list when missing. */
  readonly signer?: string | undefined;
}

/** Returns a sentence if the signature is not valid. @throws UsageError */
export function checkSignature(question: SignatureQuestion): Signed | { readonly refused: string } {
  const { signature, signed, allowedSigners } = question;
  const plain = run(['-Y', 'check-novalidate', '-n', signatureNamespace, '-s', signature], { input: signed });
  if (plain.status !== 0) return { refused: 'The signature does not match the statement.' };
  const key = / with (.+)$/m.exec(plain.stdout)?.[1] ?? 'a key';
  if (allowedSigners === undefined) return { key };
  if (!existsSync(allowedSigners)) throw new UsageError(`There is no list of signers ${allowedSigners}.`);
  const found = run(['-Y', 'find-principals', '-s', signature, '-f', allowedSigners], {}).stdout.split('\n');
  const known = found.map((name) => name.trim()).filter((name) => name !== '');
  const wanted = question.signer ?? known[0];
  if (wanted === undefined || !known.includes(wanted)) {
    return {
      refused: `The statement is signed with ${key}, which ${allowedSigners} does not list for ${question.signer ?? 'anyone'}.`,
    };
  }
  const verify = ['-Y', 'verify', '-f', allowedSigners, '-I', wanted, '-n', signatureNamespace, '-s', signature];
  if (run(verify, { input: signed }).status === 0) return { key, signer: wanted };
  return {
    refused: `The signature of ${wanted} is not valid: its key is expired, revoked or not allowed for this purpose.`,
  };
}

interface RunOptions {
  readonly input?: Buffer;
  /** Its errors are shown on the terminal. */
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
  if (done.error) throw new UsageError('ssh-keygen was not found. Install OpenSSH 8.2 or later.');
  return { status: done.status ?? 1, stdout: done.stdout };
}
