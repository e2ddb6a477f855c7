/**
 * Quotes any text as one word of a POSIX shell, so that nothing in it is executed, expanded or split.
 */
import { isPrintable } from './printable.ts';

const plain = /^[\w./:=@%+,-]+$/;

/** The quoted word. Text with unprintable characters goes through `printf`, so that the line stays readable. */
export function shellWord(text: string): string {
  if (!isPrintable(text)) return `"$(${printfOf(text)})"`;
  return plain.test(text) ? text : singleQuoted(text);
}

export function commandLine(program: string, words: readonly string[]): string {
  return [program, ...words.map(shellWord)].join(' ');
}

/** A command that prints the text, with unprintable characters as bytes. */
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
