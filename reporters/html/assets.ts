/**
 * Style and script of the page, as they stand in the page: read once from this package, never from anywhere else.
 *
 * The script is made of compiled modules, so that page and terminal word findings and command lines with the same code.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { joinModules, type LoadedModule } from './join-modules.ts';

export interface Assets {
  readonly style: string;
  readonly script: string;
}

const styles = ['base', 'summary', 'reference', 'evidence', 'print'] as const;

let read: Assets | undefined;

export function pageAssets(): Assets {
  read ??= { style: readStyle(), script: joinModules('./page/main.js', loadModule) };
  return read;
}

/** As a Content-Security-Policy names it. */
export function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

const here = dirname(fileURLToPath(import.meta.url));
const root = packageRoot(here);
const require = createRequire(import.meta.url);

function readStyle(): string {
  return styles.map((name) => readFileSync(join(root, 'reporters/html/style', `${name}.css`), 'utf8')).join('\n');
}

function loadModule(specifier: string, from?: string): LoadedModule {
  const compiled = join(root, 'dist/reporters/html');
  const id = specifier.startsWith('.')
    ? join(from === undefined ? compiled : dirname(from), specifier)
    : require.resolve(specifier).replace(/\.js$/, '.mjs');
  if (!existsSync(id)) throw new Error(`The page needs ${id}, which is not there; \`npm run build\` makes it.`);
  return { id, text: readFileSync(id, 'utf8') };
}

/** The sources have the styles, the build the script; both lie below the folder with package.json. */
function packageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json')) || dirname(folder) === folder) return folder;
  return packageRoot(dirname(folder));
}
