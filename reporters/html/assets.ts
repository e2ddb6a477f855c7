/**
 * Style and script of the page, read once from this package.
 *
 * The build bundles the script from `page/`, which formats findings and commands with the same modules as the terminal.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Assets {
  readonly style: string;
  readonly script: string;
}

const styles = ['base', 'summary', 'reference', 'evidence', 'print'] as const;

let read: Assets | undefined;

export function pageAssets(): Assets {
  read ??= { style: readStyle(), script: readScript() };
  return read;
}

/** In the form of a Content-Security-Policy. */
export function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

const here = dirname(fileURLToPath(import.meta.url));
const root = packageRoot(here);

function readStyle(): string {
  return styles.map((name) => readFileSync(join(root, 'reporters/html/style', `${name}.css`), 'utf8')).join('\n');
}

function readScript(): string {
  const file = join(root, 'dist/reporters/html/page.js');
  if (!existsSync(file)) throw new Error(`The HTML report needs ${file}, which does not exist. Run \`npm run build\`.`);
  return readFileSync(file, 'utf8');
}

/** The styles are in the sources, the script is in the build; both are below the folder with package.json. */
function packageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json')) || dirname(folder) === folder) return folder;
  return packageRoot(dirname(folder));
}
