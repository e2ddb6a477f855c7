/** Finds unquoted versions in YAML that a number parser truncates: 2.10 and 2.100 both become 2.1. */
import type { Report } from '../diagnostic.ts';
import type { ReferenceTree } from '../reference/tree.ts';
import type { Linted } from './linted.ts';

const TRAP = /^(\s+(?:min_version|max_version):\s*)(\d+\.\d*0)\s*(?:#.*)?$/;

export function checkVersionQuotes({ tree, reference }: Linted, report: Report): void {
  for (const { file } of reference.parameterFiles) {
    linesOf(tree, file).forEach((text, index) => {
      const [, before = '', version] = TRAP.exec(text) ?? [];
      if (version === undefined) return;
      const at = { file, line: index + 1, column: before.length + 1 };
      const message = `${version} without quotes is read as the number ${String(Number(version))}`;
      report({ severity: 'info', code: 'unquoted-version', at, message, expected: `"${version}"` });
    });
  }
}

function linesOf(tree: ReferenceTree, file: string): readonly string[] {
  const found = tree.read(file);
  return found && 'text' in found ? found.text.split('\n') : [];
}
