import { describe, expect, test } from 'vitest';
import { auditSnapshot } from '../../src/audit.ts';
import { collect } from '../../src/collect/collect.ts';
import { UNSAFE_HOME } from '../kit/program.ts';
import { Pages, unsafeReport, violations, withPaths } from './browser.ts';
import { bigExposure, smallExposure } from './exposures.ts';
import { emptyReport, finding } from './reports.ts';

const pages = new Pages();

describe('HTML, attack paths', () => {
  test('paths are chosen by where they begin, end and go through; the drawing follows', async () => {
    await pages.with(await withPaths(), async (page) => {
      const left = () => page.locator('#left').textContent();
      const paths = () => page.locator('.path:visible').count();
      const nodes = () => page.locator('#graph .node:visible').count();
      expect([await left(), await paths(), await nodes()]).toEqual(['6 of 6 paths open, 5 of 5 critical', 6, 13]);
      await page.getByLabel('From').selectOption('anyone-dm');
      expect([await left(), await paths(), await nodes()]).toEqual(['2 of 2 paths open, 2 of 2 critical', 2, 8]);
      // Of the edits those that close one of them.
      expect(await page.locator('.edit:visible b').allTextContents()).toEqual([
        'Ask senders on Telegram to pair first',
      ]);
      await page.getByLabel(/^To /).selectOption('credentials');
      expect([await left(), await paths(), await nodes()]).toEqual(['1 of 1 path open, 1 of 1 critical', 1, 6]);
      await page.getByLabel('From').selectOption('');
      await page.getByLabel(/^To /).selectOption('');
      await page.getByLabel('Through').selectOption({ label: 'Telegram groups (2)' });
      expect([await left(), await paths()]).toEqual(['2 of 2 paths open, 2 of 2 critical', 2]);
      await page.locator('#graph .node:visible', { hasText: /^execexec$/ }).click();
      expect(await left()).toBe('3 of 3 paths open, 3 of 3 critical');
    });
  });

  test('a path unfolds with the keyboard into its steps with places and boundaries, and stands out in the drawing', async () => {
    await pages.with(await withPaths(), async (page) => {
      const path = page.locator('.path').first();
      await path.locator('summary').focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => path.locator('.boundaries').count()).toBe(4);
      const steps = await path.locator('.steps > li').allTextContents();
      expect(steps).toHaveLength(5);
      expect(steps[0]).toMatch(
        /^Anyone on Telegram → Telegram direct messages: writes a direct message.*Allowlist open.*channels\.json5:6:5/,
      );
      expect(steps[1]).toMatch(/Nothing stands between\./);
      await expect.poll(() => page.locator('.line.faint').count()).toBe(9);
      await path.getByRole('link', { name: 'Ask senders on Telegram to pair first' }).click();
      expect(await page.evaluate('location.hash')).toBe('#edit-1');
    });
  });

  test('ticked edits close paths in the list, in the drawing and in the spoken count', async () => {
    await pages.with(
      await withPaths(),
      async (page) => {
        const left = () => page.locator('[role=status]#left').textContent();
        await page.getByRole('checkbox', { name: 'Ask senders on Telegram to pair first' }).focus();
        await page.keyboard.press('Space');
        expect(await left()).toBe('4 of 6 paths open, 3 of 5 critical (with 1 edit applied)');
        expect(await page.locator('.path.shut .state.holds:visible').count()).toBe(2);
        expect(await page.locator('.line.idle').count()).toBe(3);
        await page.getByRole('button', { name: 'Apply the smallest set' }).click();
        expect(await left()).toBe('2 of 6 paths open, 1 of 5 critical (with 3 edits applied)');
        await page.locator('#chosen').getByRole('button', { name: 'Copy' }).click();
        await expect.poll(() => page.locator('#said').textContent()).toBe('Copied');
        expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
          'openclaw-security fix apply --edit sandbox,dm\necho "$(openssl rand -hex 32)"',
        );
        await page.getByRole('checkbox', { name: 'Close the groups of Telegram' }).check();
        expect(await left()).toBe('1 of 6 paths open, 0 of 5 critical (with 4 edits applied)');
        expect(await page.locator('#todo').textContent()).not.toContain('$(id)');
        expect(await page.locator('#unsafe').isVisible()).toBe(true);
        const second = page.locator('.path').nth(1);
        await second.locator('summary').click();
        await expect
          .poll(() => second.locator('.body > .dim').allTextContents())
          .toEqual([
            'Closed by Close the groups of Telegram.',
            'Closed by these together: Run the tools of agent main in a sandbox; and Take elevated commands away.',
          ]);
        // Two edits close a path together that neither closes alone.
        const shut = () => page.locator('#path-rows > li').nth(1).locator('.path.shut').count();
        await page.getByRole('checkbox', { name: 'Close the groups of Telegram' }).uncheck();
        expect(await shut()).toBe(1);
        await page.getByRole('checkbox', { name: 'Take elevated commands away' }).uncheck();
        expect(await shut()).toBe(0);
        await page.getByRole('button', { name: 'Apply none' }).click();
        expect(await left()).toBe('6 of 6 paths open, 5 of 5 critical');
        expect(await page.locator('.path.shut, .state.holds:visible').count()).toBe(0);
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    );
  });

  test('the bundled unsafe home: the smallest set closes in the page what the report says that it does', async () => {
    const snapshot = await collect({ env: {}, cwd: '/', osHomeDir: UNSAFE_HOME });
    const report = await auditSnapshot(snapshot, { exposure: true });
    const { paths, cut } = report.exposure!;
    await pages.with(report, async (page) => {
      const left = () => page.locator('#left').textContent();
      expect(await left()).toBe(`${paths.length} of ${paths.length} paths open, ${cut.of} of ${cut.of} critical`);
      await page.getByRole('button', { name: 'Apply the smallest set' }).click();
      expect(await left()).toContain(
        `, ${cut.of - cut.closes} of ${cut.of} critical (with ${cut.edits.length} edits applied)`,
      );
      expect(await page.locator('#todo').textContent()).toContain(`fix apply --edit ${cut.edits.join(',')}`);
      expect(await violations(page)).toEqual([]);
    });
  });

  test('a finding about paths leads to those it is about', async () => {
    const shell = finding(1, { checkId: 'exposure.path.host-shell' });
    await pages.with({ ...emptyReport(), findings: [shell], exposure: smallExposure() }, async (page) => {
      await page.locator('.finding summary').click();
      await page.getByRole('link', { name: 'The paths to it' }).click();
      expect(await page.locator('#left').textContent()).toBe('3 of 3 paths open, 3 of 3 critical');
      expect(await page.locator('#what').inputValue()).toBe('host-shell');
    });
  });

  test('paths that nothing closes can be looked at, without buttons that do nothing', async () => {
    const { paths, ...rest } = smallExposure();
    const exposure = {
      ...rest,
      paths: paths.map(({ closedByAll: _, ...p }) => ({ ...p, closedBy: [] })),
      edits: [],
      cut: { edits: [], closes: 0, of: 5, minimal: true },
    };
    await pages.with({ ...emptyReport(), exposure }, async (page) => {
      expect(await page.locator('#paths ~ p').first().textContent()).toMatch(
        /No proposed edit closes any of the 5 critical/,
      );
      await page.getByLabel('From').selectOption('lan');
      expect(await page.locator('#left').textContent()).toBe('2 of 2 paths open, 1 of 1 critical');
      expect(await page.getByRole('button', { name: /Apply/ }).count()).toBe(0);
    });
  });

  test('a home without a path says so', async () => {
    const exposure = { ...smallExposure(), paths: [], edits: [], cut: { edits: [], closes: 0, of: 0, minimal: true } };
    await pages.with({ ...(await unsafeReport()), exposure }, async (page) => {
      expect(await page.locator('#paths ~ p').first().textContent()).toMatch(/on each a boundary holds/);
      expect(await page.locator('#graph .line.idle').count()).toBe(14);
    });
  });

  test('a page 390 wide does not scroll sideways', async () => {
    await pages.with(
      await withPaths(),
      async (page) => {
        await page.getByRole('button', { name: 'Apply the smallest set' }).click();
        await page.locator('.path summary').first().click();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
        // The drawing does, within its own frame.
        expect(await page.evaluate("document.querySelector('.drawing').scrollWidth")).toBeGreaterThan(700);
      },
      { viewport: { width: 390, height: 800 } },
    );
  });

  test('1,000 paths and 500 findings open within a second or so, and each choice and tick answers at once', async () => {
    const findings = Array.from({ length: 500 }, (_, i) => finding(i, { detail: `number ${i}` }));
    await pages.with({ ...emptyReport(), findings, exposure: bigExposure(1000) }, async (page) => {
      expect(await page.locator('.path:visible').count()).toBe(20);
      await page.getByRole('button', { name: 'Show 100 more of 980' }).click();
      expect(await page.locator('.path:visible').count()).toBe(120);
      const times = await page.evaluate<Record<string, number>>(`(() => {
        // The best of three, as the machine may be busy.
        const time = (...acts) =>
          Math.min(
            ...acts.map((act) => {
              const start = performance.now();
              act();
              document.body.offsetHeight;
              return performance.now() - start;
            }),
          );
        const choose = (id) => [1, 2, 3].map((index) => () => {
          const select = document.getElementById(id);
          select.selectedIndex = index;
          select.dispatchEvent(new Event('change'));
        });
        const click = (selector) => () => document.querySelector(selector).click();
        return {
          load: performance.getEntriesByType('navigation')[0].loadEventEnd,
          who: time(...choose('who')),
          through: time(...choose('through')),
          tick: time(click('.edit input'), click('.edit input'), click('.edit input')),
          cut: time(click('#cut'), click('#none'), click('#cut')),
        };
      })()`);
      // Alone on the machine: 400 ms, 40 ms and 10 ms. Other tests run beside this one.
      expect(times.load).toBeLessThan(3000);
      for (const name of ['who', 'through', 'tick', 'cut']) expect(times[name], name).toBeLessThan(300);
      // A path that has no steps without the script has them with it.
      await page
        .locator('.path')
        .nth(600)
        .evaluate((e: { open: boolean }) => {
          e.open = true;
        });
      await expect.poll(() => page.locator('.path').nth(600).locator('.boundaries').count()).toBe(5);
    });
  });
});
