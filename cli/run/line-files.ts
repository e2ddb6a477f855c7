/** Files read by line number: the places of the lines are looked for once a file, and only the line asked for becomes text. */
export interface LineFiles {
  /** `line` from 1 on. */
  readonly lineAt: (file: string, line: number) => { readonly line: string } | 'no file' | 'no line';
}

interface LineFile {
  readonly content: Buffer;
  /** Where each whole line begins, and where the next one would. */
  readonly starts: readonly number[];
}

/** In bytes; the file that was read first is forgotten first, and read again when it is wanted. */
const mostKept = 64 * 1024 * 1024;

/** `read`: undefined when there is no such file. */
export function lineFiles(read: (file: string) => Buffer | undefined): LineFiles {
  const known = new Map<string, LineFile>();
  let kept = 0;
  const forget = (file: string): void => {
    kept -= known.get(file)?.content.length ?? 0;
    known.delete(file);
  };
  const open = (file: string): LineFile | undefined => {
    forget(file);
    const content = read(file);
    if (!content) return undefined;
    const opened = { content, starts: startsIn(content) };
    kept += content.length;
    for (const [other] of known) if (kept > mostKept) forget(other);
    known.set(file, opened);
    return opened;
  };
  const textIn = ({ content, starts }: LineFile, line: number): string | undefined => {
    const [start, next] = [starts[line - 1], starts[line]];
    return start === undefined || next === undefined ? undefined : content.toString('utf8', start, next - 1);
  };
  return {
    lineAt: (file, line) => {
      const before = known.get(file);
      const text = before && textIn(before, line);
      if (text !== undefined) return { line: text };
      // It may have grown since.
      const opened = open(file);
      if (!opened) return 'no file';
      const now = textIn(opened, line);
      return now === undefined ? 'no line' : { line: now };
    },
  };
}

function startsIn(content: Buffer): readonly number[] {
  const starts = [0];
  for (let end = content.indexOf(newline); end >= 0; end = content.indexOf(newline, end + 1)) starts.push(end + 1);
  return starts;
}

const newline = 10;
