/// <reference lib="dom" />
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { htmlReporter } from '../../reporters/html.ts';
import { chromiumPath, startChromium, whyNoChromium, withPage } from './browser.ts';
import { fixedJournal, fixedRecord, recordOf } from './fixed-record.ts';
import { hostile } from './hostile.ts';

const text = htmlReporter.render(fixedRecord)[0]?.text ?? '';
const failing = 'compute/attach-volume#body@2.1';

if (chromiumPath === undefined) process.stderr.write(`${whyNoChromium}\n`);

describe.skipIf(chromiumPath === undefined)('the page in a browser', { timeout: 60_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  }, 60_000);
  afterAll(() => browser.close());

  it('filters by verdict and keeps the filter in its address', () =>
    withPage(browser, text, {}, async ({ page, troubles }) => {
      const shown = () => page.locator('details.clause:not([hidden])').count();
      const all = await shown();
      await page.locator('.chip[data-verdict="fail"]').click();
      expect(await shown()).toBeLessThan(all);
      expect(page.url()).toContain('#?verdict=fail');
      await page.locator('#filters [data-act="reset"]').click();
      expect(await shown()).toBe(all);
      expect(troubles).toEqual([]);
    }));

  it('opens the case that an address names, with findings and exchanges', () =>
    withPage(browser, text, { hash: `#${failing.replace('#', '%23')}` }, async ({ page, troubles }) => {
      const opened = page.locator(`details.case[id="${failing}"]`);
      await opened.locator('table.findings').waitFor();
      expect(await opened.evaluate((one) => (one as HTMLDetailsElement).open)).toBe(true);
      expect(await opened.locator('.exchange .request-line').first().textContent()).toContain('POST');
      expect(await opened.locator('.curl code').first().textContent()).toContain('curl -sS -i');
      expect(await opened.locator('mark.redacted').count()).toBeGreaterThan(0);
      expect(troubles).toEqual([]);
    }));

  it('is worked by keys', () =>
    withPage(browser, text, {}, async ({ page }) => {
      await page.keyboard.press('f');
      expect(await page.locator('.chip[data-verdict="fail"]').getAttribute('aria-pressed')).toBe('true');
      await page.keyboard.press('j');
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY');
      await page.keyboard.press('/');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('text');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      expect(await page.locator('dialog[open]').count()).toBe(1);
    }));

  it('changes its colours', () =>
    withPage(browser, text, { colorScheme: 'light' }, async ({ page }) => {
      const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const light = await paper();
      await page.keyboard.press('t');
      await page.keyboard.press('t');
      expect(await paper()).not.toBe(light);
    }));

  it('runs nothing that a target sent, and asks for nothing', () => {
    const everything = Object.values(hostile).join(' ');
    const { header, ...journal } = fixedJournal;
    const target = {
      ...header.target,
      name: everything,
      microversions: everything,
      fixtures: { [everything]: everything },
    };
    const hostilePage = htmlReporter.render(recordOf({ ...journal, header: { ...header, target } }))[0]?.text ?? '';
    return withPage(browser, hostilePage, {}, async ({ page, troubles }) => {
      for (const kind of ['clause', 'case', 'exchange']) {
        await page.evaluate((name) => {
          for (const one of document.querySelectorAll<HTMLDetailsElement>('details')) {
            if (one.matches(`.${name}, .entry`)) one.open = true;
          }
        }, kind);
        await page.waitForFunction(
          (name) => [...document.querySelectorAll(`details.${name} > .body`)].every((one) => one.childElementCount > 0),
          kind,
        );
      }
      expect(await page.locator('img, iframe, main script').count()).toBe(0);
      expect(troubles).toEqual([]);
    });
  });

  it('tells verdict, reasons, operations and clauses without a script', () =>
    withPage(browser, text, { javaScriptEnabled: false }, async ({ page }) => {
      expect(await page.locator('h1').innerText()).toContain('non-conformant');
      expect(await page.locator('.reasons li').count()).toBeGreaterThan(0);
      expect(await page.locator('table.matrix tbody tr').count()).toBeGreaterThan(1);
      expect(await page.locator('details.clause').count()).toBe(fixedRecord.report.clauses.length);
      expect(await page.locator('.filters').isVisible()).toBe(false);
    }));

  it('prints what departed, without controls', () =>
    withPage(browser, text, {}, async ({ page }) => {
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.filters').isVisible()).toBe(false);
      expect(await page.locator(`details.clause[id="compute/attach-volume#body"]`).getAttribute('open')).not.toBeNull();
      expect((await page.pdf()).length).toBeGreaterThan(10_000);
    }));
});
