import type { Finding, FlowStep, Location } from '../core/finding.ts';
import type { PlannedEdit, PlannedEdits, Replacement } from '../core/replacement.ts';
import type { Report, SuppressedFinding } from '../core/report.ts';
import { type Catalogue, checkFinder } from '../core/rule.ts';
import { jsonText } from '../core/text.ts';
import { plain, sarifMessage, uriPath } from './escape.ts';
import { flowsOf } from './finding-flows.ts';
import { isVariable, type PlaceOptions, placeText, relativePath, slashes } from './place.ts';
import { SARIF_LEVEL, sarifRules, sarifTaxonomies, taxonReferences } from './sarif-rules.ts';

export interface SarifOptions extends PlaceOptions {
  readonly catalogue: Catalogue;
  /** Fixes as edits; without them the log has none. */
  readonly edits?: PlannedEdits;
}

/** Name of the base directory in the log; the one that code hosts know. */
const BASE = '%SRCROOT%';

/** The report as a SARIF 2.1.0 log. */
export function renderSarif(report: Report, options: SarifOptions): string {
  const { catalogue, baseDir } = options;
  const log = new SarifLog(report, options);
  const run = {
    tool: {
      driver: {
        name: report.tool.name,
        version: report.tool.version,
        semanticVersion: report.tool.version,
        rules: sarifRules(catalogue),
        supportedTaxonomies: catalogue.taxonomies.map(({ name }, index) => ({ name, index })),
      },
    },
    taxonomies: sarifTaxonomies(catalogue),
    ...(baseDir === undefined
      ? {}
      : { originalUriBaseIds: { [BASE]: { uri: `${fileUri(baseDir).replace(/\/+$/, '')}/` } } }),
    columnKind: 'utf16CodeUnits',
    invocations: [log.invocation()],
    results: [
      ...report.findings.map((f) => log.result(f, [])),
      ...(report.suppressedFindings ?? []).map((f) => log.result(f, [suppression(f)])),
    ],
    properties: {
      openclawVersion: plain(report.target.openclawVersion),
      configStatus: report.target.configStatus,
      outcomes: report.outcomes,
    },
  };
  const sarif = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${jsonText(sarif, 2)}\n`;
}

class SarifLog {
  private readonly report: Report;
  private readonly options: SarifOptions;
  private readonly indexes: ReadonlyMap<string, number>;
  private readonly checkOf: (findingId: string) => string | undefined;

  constructor(report: Report, options: SarifOptions) {
    this.report = report;
    this.options = options;
    const ids = options.catalogue.rules.map((r) => r.id);
    this.indexes = new Map(ids.map((id, i) => [id, i]));
    this.checkOf = checkFinder(ids);
  }

  result(finding: Finding, suppressions: readonly object[]): object {
    const { fingerprint, baselineState } = finding;
    const check = this.checkOf(finding.checkId);
    const index = this.indexes.get(check ?? '');
    const taxa = index === undefined ? [] : taxonReferences(this.options.catalogue, index);
    const [primary, ...others] = finding.locations;
    const edits = this.options.edits?.get(fingerprint) ?? [];
    const flows = flowsOf(finding, this.report);
    return {
      ruleId: plain(check ?? finding.checkId),
      ...(index === undefined ? {} : { ruleIndex: index }),
      level: SARIF_LEVEL[finding.severity],
      message: { text: sarifMessage(`${finding.title}. ${finding.detail}`) },
      locations: primary ? [this.location(primary)] : [],
      ...(others.length > 0
        ? {
            relatedLocations: others.map((l, id) => ({
              id,
              ...this.location(l),
              message: { text: sarifMessage(placeText(l, this.options)) },
            })),
          }
        : {}),
      ...(flows.length > 0 ? { codeFlows: flows.map((flow) => this.flow(flow)) } : {}),
      // The first is the one by which GitHub tells whether a finding is a known one.
      partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, 'openclawSecurity/v1': fingerprint },
      ...(baselineState ? { baselineState: BASELINE[baselineState] } : {}),
      suppressions,
      ...(edits.length > 0 ? { fixes: edits.map((e) => this.fix(e)) } : {}),
      ...(taxa.length > 0 ? { taxa } : {}),
      properties: {
        checkId: plain(finding.checkId),
        variant: finding.variant,
        severity: finding.severity,
        confidence: finding.confidence,
        why: plain(finding.why),
        ...(finding.remediation === undefined ? {} : { remediation: plain(finding.remediation) }),
      },
    };
  }

  private flow(steps: readonly FlowStep[]): object {
    const locations = steps.map(({ location, text }) => ({
      location: { ...this.location(location), message: { text: sarifMessage(text) } },
    }));
    return { threadFlows: [{ locations }] };
  }

  private location(location: Location): object {
    const { keyPath } = location;
    const name = isVariable(location) ? location.file : keyPath;
    // GitHub refuses a log with a result that has no file; a variable is shown at the config it overrules.
    const file = isVariable(location) ? this.report.target.configPath : location.file;
    return {
      physicalLocation: { artifactLocation: this.artifact(file), ...region(location) },
      ...(name
        ? { logicalLocations: [{ fullyQualifiedName: plain(name), kind: keyPath ? 'member' : 'variable' }] }
        : {}),
    };
  }

  private artifact(file: string): object {
    const relative = relativePath(file, this.options);
    // What stands before a colon in a relative reference would be a scheme.
    return relative === undefined
      ? { uri: fileUri(file) }
      : { uri: uriPath(relative).replaceAll(':', '%3A'), uriBaseId: BASE };
  }

  private fix(edit: PlannedEdit): object {
    const files = new Map<string, Replacement[]>();
    for (const r of edit.replacements) files.set(r.file, [...(files.get(r.file) ?? []), r]);
    return {
      description: {
        text: sarifMessage(`${edit.title} (${edit.safety}).${edit.sideEffect ? ` ${edit.sideEffect}` : ''}`),
      },
      artifactChanges: [...files].map(([file, replacements]) => ({
        artifactLocation: this.artifact(file),
        replacements: replacements.map(({ startLine, startColumn, endLine, endColumn, text }) => ({
          deletedRegion: { startLine, startColumn, endLine, endColumn },
          insertedContent: { text },
        })),
      })),
    };
  }

  /** How the run went: what could not be told is a notification, so that nothing unknown looks green. */
  invocation(): object {
    const { coverage, suppressions, outcomes, ts, target } = this.report;
    const text = (...parts: string[]) => ({ text: sarifMessage(parts.join(': ')) });
    const notes: object[] = [];
    for (const c of coverage.checks) {
      if (c.outcome !== 'unknown' && c.outcome !== 'error') continue;
      const index = this.indexes.get(c.checkId);
      const at = c.at ? ` (${c.at})` : '';
      notes.push({
        descriptor: { id: `check-${c.outcome}` },
        level: c.outcome === 'error' ? 'error' : 'warning',
        message: text(c.checkId, `${c.reason ?? c.outcome}${at}`),
        associatedRule: { id: c.checkId, ...(index === undefined ? {} : { index }) },
      });
    }
    for (const g of coverage.gaps)
      notes.push({ descriptor: { id: 'not-read' }, level: 'warning', message: text(g.what, g.reason) });
    const settings = [
      ...(suppressions?.expired ?? []).map((s) => ({ id: s.id, what: 'this suppression is past its last day' })),
      ...(suppressions?.unused ?? []).map((s) => ({ id: s.id, what: 'this suppression matches no finding' })),
    ];
    return {
      executionSuccessful: outcomes.error === 0 && target.configStatus !== 'unreadable',
      endTimeUtc: new Date(ts).toISOString(),
      ...(notes.length > 0 ? { toolExecutionNotifications: notes } : {}),
      ...(settings.length > 0
        ? {
            toolConfigurationNotifications: settings.map(({ id, what }) => ({
              descriptor: { id: 'idle-suppression' },
              level: 'warning',
              message: text(id, what),
            })),
          }
        : {}),
    };
  }
}

const BASELINE = { new: 'new', worse: 'updated', known: 'unchanged' } as const;

function suppression({ suppression: s }: SuppressedFinding): object {
  const { reason, owner, expires } = s;
  return {
    kind: s.source === 'openclaw' ? 'inSource' : 'external',
    status: 'accepted',
    ...(reason === undefined ? {} : { justification: plain(reason) }),
    ...(owner === undefined && expires === undefined
      ? {}
      : { properties: { ...(owner ? { owner: plain(owner) } : {}), ...(expires ? { expires: plain(expires) } : {}) } }),
  };
}

function region({ line, column, endLine, endColumn, excerpt }: Location): object {
  if (line === undefined) return {};
  const oneLine = endLine === undefined || endLine === line;
  // The lines around a region are to hold all of it.
  const around = excerpt && oneLine && excerpt.lines.length > 1;
  return {
    region: {
      startLine: line,
      ...(column === undefined ? {} : { startColumn: column }),
      ...(endLine === undefined ? {} : { endLine }),
      ...(endColumn === undefined ? {} : { endColumn }),
    },
    ...(around
      ? {
          contextRegion: {
            startLine: excerpt.startLine,
            endLine: excerpt.startLine + excerpt.lines.length - 1,
            snippet: {
              text: excerpt.lines
                .map((l) =>
                  l
                    .split('\t')
                    .map((part) => plain(part))
                    .join('\t'),
                )
                .join('\n'),
            },
          },
        }
      : {}),
  };
}

function fileUri(path: string): string {
  const slashed = slashes(path);
  // Two slashes begin the name of a Windows server.
  if (slashed !== path && slashed.startsWith('//')) return `file:${uriPath(slashed)}`;
  return `file://${slashed.startsWith('/') ? '' : '/'}${uriPath(slashed)}`;
}
