/** GitLab reads `[[ATTACHMENT|path]]` anywhere in a text as an instruction to attach a file. */
export function shown(text: string): string {
  return text.replaceAll('[[ATTACHMENT', '[ [ATTACHMENT');
}
