/** Version documents are at the root of a service, not below a version. */
export function isVersionDocument(path: string): boolean {
  return path === '/' || path.startsWith('/{');
}
