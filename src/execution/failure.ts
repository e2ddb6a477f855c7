/** Converts errors to the form in which a transcript keeps them, and back. */
import { TokenEnded } from '../target/session.ts';
import { NoCapacity, NotBound, Stopped, Unreached } from './errors.ts';
import type { Failure } from './transcript.ts';

export function failureOf(error: unknown): Failure {
  if (error instanceof Unreached) return { is: 'unreached', root: error.root, message: error.message };
  if (error instanceof NotBound) return { is: 'not-bound', message: error.message };
  if (error instanceof NoCapacity) return { is: 'no-capacity', message: error.message, remedy: error.remedy };
  if (error instanceof Stopped) return { is: 'stopped', message: error.message };
  if (error instanceof TokenEnded) return { is: 'token-ended', message: error.message };
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return { is: 'error', name, message };
}

export function errorOf(failure: Failure): Error {
  switch (failure.is) {
    case 'unreached':
      return new Unreached(failure.root, failure.message);
    case 'not-bound':
      return new NotBound(failure.message);
    case 'no-capacity':
      return new NoCapacity(failure.message, failure.remedy);
    case 'stopped':
      return new Stopped(failure.message);
    case 'token-ended':
      return new TokenEnded(failure.message);
    case 'error':
      return Object.assign(new Error(failure.message), { name: failure.name });
  }
}
