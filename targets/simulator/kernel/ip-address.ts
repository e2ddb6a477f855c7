/** Whether a text is an IP address. */

export function isIPv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

export function isIPv6(text: string): boolean {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return false;
  const groups = [head, tail ?? ''].map((half) => (half === '' ? [] : half.split(':')));
  const all = groups.flat();
  const last = all.at(-1) ?? '';
  const size = all.length + (isIPv4(last) ? 1 : 0);
  const isHex = (group: string): boolean => /^[0-9a-f]{1,4}$/i.test(group);
  if (!all.every((group, index) => isHex(group) || (index === all.length - 1 && isIPv4(group)))) return false;
  return tail === undefined ? size === 8 : size < 8;
}
