/// <reference lib="dom" />
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { htmlReporter } from '../../reporters/html.ts';
import { chromiumPath, startChromium, whyNoChromium, withPage } from './browser.ts';
import type { Journal } from '../../src/report/journal.ts';
import { fixedJournal, fixedRecord, recordOf } from './fixed-record.ts';
import { hostileRecord } from './hostile-journal.ts';
import { manyCases } from './many-cases.ts';

const text = htmlReporter.render(fixedRecord)[0]?.text ?? '';
const failing = 'compute/attach-volume#body@2.1';

const kindsOf = (clause: string): ReadonlySet<string> =>
  new Set(fixedRecord.report.cases.filter((one) => one.clause === clause).map(({ verdict: { is } }) => is));

/** The fixed run with an earlier attempt, a waiver, and unchecked certificates. */
function goesOn(): Journal {
  const { header, results, ...rest } = fixedJournal;
  const passed = results.find(({ verdict }) => verdict.is === 'pass');
  const failed = results.find(({ verdict }) => verdict.is === 'fail');
  if (!passed || !failed) throw new Error('The fixed run has lost its cases.');
  const earlier = { ...passed, line: 'earlier' as const, run: 'osc-000001', verdict: failed.verdict };
  const parts = [{ name: 'osc-000001', startedAt: header.run.startedAt }];
  const about = { target: '*', reason: 'Known.', link: 'https://bugs.example/7', owner: 'Ada', expires: '2099-12-31' };
  const waiver = { ...about, waives: failed.id, listedAt: 'waivers.yaml:1', cases: [failed.id] };
  return {
    ...rest,
    earlier: [earlier],
    results,
    header: {
      ...header,
      run: { ...header.run, parts },
      target: { ...header.target, release: '2.104', insecure: ['member'] },
      waivers: [waiver],
    },
  };
}

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
      await page.locator('#filters [data-action="reset"]').click();
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

  it('runs nothing that a target sent or an operator wrote, in whatever string, and asks for nothing', () => {
    const hostilePage = htmlReporter.render(hostileRecord())[0]?.text ?? '';
    return withPage(browser, hostilePage, {}, async ({ page, troubles }) => {
      for (const kind of ['clause', 'case', 'exchange']) {
        await page.evaluate((name) => {
          for (const one of document.querySelectorAll<HTMLDetailsElement>('details')) {
            if (one.matches(`.${name}, .entry, .erratum`)) one.open = true;
          }
        }, kind);
        await page.waitForFunction(
          (name) => [...document.querySelectorAll(`details.${name} > .body`)].every((one) => one.childElementCount > 0),
          kind,
        );
      }
      expect(await page.locator('img, iframe, main script').count()).toBe(0);
      const shown = await page.evaluate(() => document.body.innerText);
      expect(shown).toContain('<img src=x onerror=alert(2)>');

      expect(shown.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/g)).toBeNull();
      expect(troubles).toEqual([]);
    });
  });

  it('hides cases that do not match the filter, also in an open clause, and says how many', () =>
    withPage(browser, text, {}, async ({ page }) => {
      const clause = fixedRecord.report.clauses.find(({ id }) => kindsOf(id).size > 1);
      const own = page.locator(`details.clause[id="${clause?.id ?? ''}"]`);
      const kinds = [...kindsOf(clause?.id ?? '')];
      await page.evaluate((id) => {
        const one = document.getElementById(id) as HTMLDetailsElement;
        for (let each: Element | null = one; each; each = each.parentElement)
          if (each instanceof HTMLDetailsElement) each.open = true;
      }, clause?.id ?? '');
      await own.locator('details.case').first().waitFor();
      const all = await own.locator('details.case:not([hidden])').count();
      await page.locator(`.chip[data-verdict="${kinds[0] ?? ''}"]`).click();
      const kept = await own.locator('details.case:not([hidden])').count();
      expect(kept).toBeLessThan(all);
      expect(await own.locator('.others').innerText()).toMatch(new RegExp(`^${all - kept} more cases? (does|do) not`));
      await page.locator('#filters [data-action="reset"]').click();
      expect(await own.locator('details.case:not([hidden])').count()).toBe(all);
      expect(await own.locator('.others').isVisible()).toBe(false);
    }));

  it.each([text, htmlReporter.render(hostileRecord())[0]?.text ?? ''])(
    'fits a narrow screen, with all of its controls in reach',
    (page) =>
      withPage(browser, page, { viewport: { width: 390, height: 844 } }, async ({ page }) => {
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
        const box = await page.locator('nav.top [data-action="help"]').boundingBox();
        expect((box?.x ?? 999) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
      }),
  );

  it('keeps its head at the top where an address leads far down', () =>
    withPage(browser, text, { hash: `#${failing.replace('#', '%23')}` }, async ({ page }) => {
      await page.locator(`details.case[id="${failing}"] table.findings`).waitFor();
      expect(await page.evaluate(() => document.querySelector('nav.top')?.getBoundingClientRect().top)).toBe(0);
      const top = await page.locator(`details.case[id="${failing}"]`).boundingBox();
      expect(top?.y).toBeGreaterThan(0);
      expect(top?.y).toBeLessThan(400);
    }));

  it('shows release, parts, waivers and attempts', () => {
    const record = recordOf(goesOn());
    return withPage(browser, htmlReporter.render(record)[0]?.text ?? '', {}, async ({ page }) => {
      expect(await page.locator('.warnings').innerText()).toContain('Certificates were not verified for member');
      expect(await page.locator('.facts-page').innerText()).toMatch(/simulated release\s+2\.104/);
      expect(await page.locator('.facts-page').innerText()).toMatch(/includes\s+osc-000001/);
      expect(await page.locator('section.waivers').innerText()).toContain(
        'failed as listed: Known. Accepted by Ada until 2099-12-31',
      );
      expect(await page.locator('section.retried').innerText()).toContain('fail in osc-000001, pass now');
    });
  });

  it('shows 2,000 cases', () => {
    const large = manyCases(fixedRecord, 2_000);
    return withPage(browser, htmlReporter.render(large)[0]?.text ?? '', {}, async ({ page, troubles }) => {
      expect(await page.locator('details.clause').count()).toBe(large.report.clauses.length);
      expect(await page.locator('.shown').innerText()).toContain('2000 cases');
      await page.locator('.chip[data-verdict="warn"]').click();
      expect(await page.locator('.shown').innerText()).toMatch(/^\d+ of \d+ clauses, \d+ of 2000 cases$/);
      expect(troubles).toEqual([]);
    });
  });

  it('shows verdict, reasons, operations and clauses without a script', () =>
    withPage(browser, text, { javaScriptEnabled: false }, async ({ page }) => {
      expect(await page.locator('h1').innerText()).toContain('non-conformant');
      expect(await page.locator('.reasons li').count()).toBeGreaterThan(0);
      expect(await page.locator('table.matrix tbody tr').count()).toBeGreaterThan(1);
      expect(await page.locator('details.clause').count()).toBe(fixedRecord.report.clauses.length);
      expect(await page.locator('.filters').isVisible()).toBe(false);
    }));

  it('prints deviations, without controls', () =>
    withPage(browser, text, {}, async ({ page }) => {
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.filters').isVisible()).toBe(false);
      expect(await page.locator(`details.clause[id="compute/attach-volume#body"]`).getAttribute('open')).not.toBeNull();
      expect((await page.pdf()).length).toBeGreaterThan(10_000);
    }));
});
