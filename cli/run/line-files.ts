/** Reads files by line number: line offsets are computed once per file, and only the requested line is decoded. */
export interface LineFiles {
  /** `line` starts at 1. */
  readonly lineAt: (file: string, line: number) => { readonly line: string } | 'no file' | 'no line';
}

interface LineFile {
  readonly content: Buffer;
  /** The offset of each complete line, and of the next one. */
  readonly starts: readonly number[];
}

/** Cache size in bytes; the file that was read first is evicted first. */
const cacheBytes = 64 * 1024 * 1024;

/** `read`: undefined when there is no such file. */
export function lineFiles(read: (file: string) => Buffer | undefined): LineFiles {
  const cache = new Map<string, LineFile>();
  let cachedBytes = 0;
  const evict = (file: string): void => {
    cachedBytes -= cache.get(file)?.content.length ?? 0;
    cache.delete(file);
  };
  const open = (file: string): LineFile | undefined => {
    evict(file);
    const content = read(file);
    if (!content) return undefined;
    const opened = { content, starts: startsIn(content) };
    cachedBytes += content.length;
    for (const [other] of cache) if (cachedBytes > cacheBytes) evict(other);
    cache.set(file, opened);
    return opened;
  };
  const textIn = ({ content, starts }: LineFile, line: number): string | undefined => {
    const [start, next] = [starts[line - 1], starts[line]];
    return start === undefined || next === undefined ? undefined : content.toString('utf8', start, next - 1);
  };
  return {
    lineAt: (file, line) => {
      const before = cache.get(file);
      const text = before && textIn(before, line);
      if (text !== undefined) return { line: text };
      // The file may have grown.
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
