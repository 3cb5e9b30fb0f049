import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { auditSnapshot } from '../../src/audit.ts';
import { catalogue } from '../../src/checks/rules.ts';
import type { Report } from '../../src/core/report.ts';
import { renderHtml } from '../../src/render/html.ts';
import { scenario } from '../kit/scenario.ts';
import { smallExposure } from './exposures.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('base64');

/** The report as the page that a user opens. */
export const renderPage = (report: Report): string => renderHtml(report, { catalogue: catalogue(), sha256 });

type ContextOptions = Parameters<Browser['newContext']>[0];

/** A browser for the tests of a file. */
export class Pages {
  private readonly scratch = mkdtempSync(join(tmpdir(), 'html-'));
  private browser: Browser | undefined;
  private made = 0;

  constructor() {
    beforeAll(async () => {
      this.browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: FLAGS });
    });
    afterAll(async () => {
      await this.browser?.close();
      rmSync(this.scratch, { recursive: true, force: true });
    });
  }

  /**
   * Opens a page. What the console says meanwhile, a dialog, and a request other than that for the file itself fail the
   * test.
   */
  async with(report: Report, use: (page: Page) => Promise<void>, options: ContextOptions = {}): Promise<void> {
    const trouble: string[] = [];
    const url = this.write(renderPage(report));
    const context: BrowserContext = await this.browser!.newContext({
      viewport: { width: 1100, height: 900 },
      ...options,
    });
    try {
      const page = await context.newPage();
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
      await use(page);
      expect(trouble).toEqual([]);
    } finally {
      await context.close();
    }
  }

  /** What the console says about a document. */
  async consoleOf(document: string, use: (page: Page) => Promise<void>): Promise<string[]> {
    const page = await this.browser!.newPage();
    const said: string[] = [];
    page.on('console', (m) => said.push(m.text()));
    await page.goto(this.write(document));
    await use(page);
    await page.close();
    return said;
  }

  private write(document: string): string {
    const file = join(this.scratch, `${this.made++}.html`);
    writeFileSync(file, document);
    return pathToFileURL(file).href;
  }
}

/** What axe finds of serious or critical impact. It is put in through the debugger, which the page's policy does not bind. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<{ id: string; impact: string; nodes: { html: string }[] }[]>(
    'axe.run().then((r) => r.violations)',
  );
  return found
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 200)).join(' | ')}`);
}

/** A careless home. */
export async function unsafeReport(): Promise<Report> {
  const config = `{
  gateway: { bind: "lan", auth: { mode: "token", token: "${'k'.repeat(40)}" } },
  channels: { telegram: { botToken: "\${T}", dmPolicy: "open", allowFrom: ["*"], groupPolicy: "open" } },
  logging: { redactSensitive: "off" },
}`;
  return auditSnapshot(scenario({ name: 'unsafe', config, env: { T: 'x' } }));
}

/** The same with its paths. */
export const withPaths = async (): Promise<Report> => ({ ...(await unsafeReport()), exposure: smallExposure() });
