import type { Report } from './core/report.ts';
import type { Snapshot } from './core/snapshot.ts';

/** The forms of a report for programs, and for people elsewhere than at a terminal. */
export type DocumentFormat = 'json' | 'sarif' | 'markdown' | 'junit' | 'github' | 'prometheus' | 'html';

/** What renderers of these forms are handed beside the report. */
export interface DocumentOptions {
  /** Absolute path; files below it are named relative to it, as code hosts want them. */
  readonly baseDir?: string;
  /** The snapshot behind the report, for fixes as edits in SARIF. */
  readonly snapshot?: Snapshot;
}

/** Renders a report for another program. Loads only what that form takes. */
export async function renderDocument(
  format: DocumentFormat,
  report: Report,
  { baseDir, snapshot }: DocumentOptions,
): Promise<string> {
  const places = baseDir === undefined ? {} : { baseDir };
  switch (format) {
    case 'json':
      return (await import('./render/json.ts')).renderJson(report);
    case 'sarif': {
      const { renderSarif } = await import('./render/sarif.ts');
      const { catalogue } = await import('./checks/rules.ts');
      const { plannedEdits } = await import('./fix/replacements.ts');
      const edits = snapshot && plannedEdits(snapshot, report.findings);
      return renderSarif(report, { ...places, catalogue: catalogue(), ...(edits ? { edits } : {}) });
    }
    case 'html': {
      const { renderHtml } = await import('./render/html.ts');
      const { catalogue } = await import('./checks/rules.ts');
      const { createHash } = await import('node:crypto');
      const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('base64');
      return renderHtml(report, { catalogue: catalogue(), sha256 });
    }
    case 'markdown':
      return (await import('./render/markdown.ts')).renderMarkdown(report, places);
    case 'junit':
      return (await import('./render/junit.ts')).renderJunit(report, places);
    case 'github':
      return (await import('./render/github.ts')).renderGithub(report, places);
    case 'prometheus':
      return (await import('./render/prometheus.ts')).renderPrometheus(report);
  }
}
