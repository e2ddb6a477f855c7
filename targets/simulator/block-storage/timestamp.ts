/** Times as the volume service writes them: with microseconds, without a zone. */
export function timestamp(date: Date | null): string | null {
  return date?.toISOString().replace(/\.\d+Z$/, '.000000') ?? null;
}
