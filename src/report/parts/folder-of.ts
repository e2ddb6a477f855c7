/** Where a run keeps its folder, by its options: what `--output` says, or the place that it takes by itself. */
export function folderOf(name: string, command: readonly string[]): string {
  const at = command.indexOf('--output');
  const joined = command.find((word) => word.startsWith('--output='))?.slice('--output='.length);
  return joined ?? (at < 0 ? undefined : command[at + 1]) ?? `runs/${name}`;
}
