/** JSON to be read line by line: objects are indented, and each item of a list is on its own line. */
export function jsonLines(value: unknown, margin = ''): string {
  const inner = `${margin} `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => inner + JSON.stringify(item)).join(',\n')}\n${margin}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (members.length === 0) return '{}';
  return `{\n${members.map(([key, member]) => `${inner}${JSON.stringify(key)}: ${jsonLines(member, inner)}`).join(',\n')}\n${margin}}`;
}
