import type { Report } from '../core/report.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Format } from './outputs.ts';

/** What renderers of other forms than text and JSON are handed. */
export interface FormatContext {
  /** Working directory: code hosts want paths relative to it. */
  readonly cwd: string;
  /** The snapshot behind the report, for fixes as edits. */
  readonly snapshot?: Snapshot;
}

/** Renders a report for another program. Loads only what that form takes. */
export async function renderFormat(
  format: Exclude<Format, 'text'>,
  report: Report,
  { cwd, snapshot }: FormatContext,
): Promise<string> {
  const places = { baseDir: cwd };
  switch (format) {
    case 'json':
      return (await import('../render/json.ts')).renderJson(report);
    case 'sarif': {
      const { renderSarif } = await import('../render/sarif.ts');
      const { catalogue } = await import('../checks/rules.ts');
      const { plannedEdits } = await import('../fix/replacements.ts');
      const edits = snapshot && plannedEdits(snapshot, report.findings);
      return renderSarif(report, { ...places, catalogue: catalogue(), ...(edits ? { edits } : {}) });
    }
    case 'html': {
      const { renderHtml } = await import('../render/html.ts');
      const { catalogue } = await import('../checks/rules.ts');
      const { createHash } = await import('node:crypto');
      const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('base64');
      return renderHtml(report, { catalogue: catalogue(), sha256 });
    }
    case 'markdown':
      return (await import('../render/markdown.ts')).renderMarkdown(report, places);
    case 'junit':
      return (await import('../render/junit.ts')).renderJunit(report, places);
    case 'github':
      return (await import('../render/github.ts')).renderGithub(report, places);
    case 'prometheus':
      return (await import('../render/prometheus.ts')).renderPrometheus(report);
  }
}
