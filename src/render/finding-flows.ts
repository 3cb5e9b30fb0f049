import type { ExposurePath, ExposureReport } from '../core/exposure.ts';
import type { Finding, FlowStep } from '../core/finding.ts';
import type { Report } from '../core/report.ts';
import { severityRank } from '../core/severity.ts';
import { BOUNDARY_WORDS, STATE_WORDS } from './exposure-words.ts';

/** `exposure.path.host-shell` is the finding about the worst path to the host's shell. */
const PATH_CHECK = 'exposure.path.';
/** Ways of one finding that are told. */
const MOST = 10;

/** The asset that a finding says somebody reaches, or undefined. */
export function assetOf({ checkId }: Finding): string | undefined {
  return checkId.startsWith(PATH_CHECK) ? checkId.slice(PATH_CHECK.length) : undefined;
}

/** The ways that a finding is about: its own, or the paths of the report that are as bad as it says. */
export function flowsOf(finding: Finding, { exposure, target }: Report): readonly (readonly FlowStep[])[] {
  if (finding.flows) return finding.flows;
  const asset = assetOf(finding);
  if (!exposure || asset === undefined) return [];
  return exposure.paths
    .filter((p) => p.asset === asset && severityRank(p.severity) >= severityRank(finding.severity))
    .slice(0, MOST)
    .map((path) => pathFlow(path, exposure, target.configPath));
}

/** Each boundary of each step; a step without a place of its own is told at the config. */
function pathFlow(path: ExposurePath, { nodes, edges }: ExposureReport, configPath: string): FlowStep[] {
  const label = (id: string) => nodes.find((n) => n.id === id)?.label ?? id;
  return path.edges.flatMap((id): FlowStep[] => {
    const edge = edges.find((e) => e.id === id);
    if (!edge) return [];
    const text = `${label(edge.from)} → ${label(edge.to)}: ${edge.text}`;
    if (edge.boundaries.length === 0) return [{ location: { file: configPath, exact: false }, text }];
    return edge.boundaries.map(({ kind, state, text: why, locations }) => ({
      location: locations[0] ?? { file: configPath, exact: false },
      text: `${text}. ${BOUNDARY_WORDS[kind]} ${STATE_WORDS[state]}: ${why}`,
    }));
  });
}
