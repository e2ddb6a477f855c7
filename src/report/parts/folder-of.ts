/** The folder of a run by its options: the value of `--output`, or the default `runs/NAME`. */
export function folderOf(name: string, command: readonly string[]): string {
  const at = command.indexOf('--output');
  const joined = command.find((word) => word.startsWith('--output='))?.slice('--output='.length);
  return joined ?? (at < 0 ? undefined : command[at + 1]) ?? `runs/${name}`;
}
