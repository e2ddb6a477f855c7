/** A Chromium for tests of the page: its path, and a page in it that reports errors. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const chromiumPath: string | undefined = [process.env.CHROMIUM, ...usual].find(
  (path): path is string => path !== undefined && existsSync(path),
);

export const whyNoChromium = `No Chromium: set CHROMIUM to its path, or install it at one of ${usual.join(', ')}.`;

export async function startChromium(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Opened {
  readonly page: Page;
  /** Dialogs, errors of scripts, messages on the console, requests that leave the file. */
  readonly troubles: readonly string[];
}

/** Opens the text as a file, with what follows `#`, and closes all of it after the act. */
export async function withPage(
  browser: Browser,
  text: string,
  { hash = '', ...options }: BrowserContextOptions & { readonly hash?: string },
  act: (opened: Opened) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, text);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('dialog', (dialog) => {
    troubles.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => troubles.push(`error ${error.message}`));
  page.on('console', (message) => troubles.push(`console ${message.text()}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(pathToFileURL(file).href) && !url.startsWith('data:')) troubles.push(`request ${url}`);
  });
  try {
    await page.goto(`${pathToFileURL(file).href}${hash}`);
    await act({ page, troubles });
  } finally {
    await context.close();
    rmSync(folder, { recursive: true });
  }
}
