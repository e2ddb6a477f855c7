/** GitLab reads `[[ATTACHMENT|path]]` anywhere in a text as an order to fetch a file. */
export function shown(text: string): string {
  return text.replaceAll('[[ATTACHMENT', '[ [ATTACHMENT');
}
