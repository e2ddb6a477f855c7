/**
 * Writes any text as one word of a POSIX shell, so that nothing in it is run, expanded or split.
 */
import { isPrintable } from './printable.ts';

const plain = /^[\w./:=@%+,-]+$/;

/** A word that stands for the text. Text that cannot be shown goes through `printf`, so the line stays readable. */
export function shellWord(text: string): string {
  if (!isPrintable(text)) return `"$(${printfOf(text)})"`;
  return plain.test(text) ? text : singleQuoted(text);
}

/** A command that prints the text, byte by byte where it cannot be shown. */
export function printfOf(text: string): string {
  const escaped = Array.from(text, (character) => printfCharacter(character)).join('');
  return `printf %b ${singleQuoted(escaped)}`;
}

function printfCharacter(character: string): string {
  if (character === '\\') return '\\\\';
  if (isPrintable(character)) return character;
  return Array.from(new TextEncoder().encode(character), (byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join('');
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
