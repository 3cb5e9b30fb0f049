import type { AssetKind, PrincipalKind } from '../core/exposure.ts';
import { formatRef, type Ref } from '../core/ref.ts';
import type { Severity } from '../core/severity.ts';
import type { Model } from '../model/model.ts';
import type { Arrival, Landing, Sink } from './arrivals.ts';
import { addDoors, buildGraph } from './build.ts';
import { capabilities, SHELL_TOOLS } from './capabilities.ts';
import { addChannels } from './channels.ts';
import { ASSET_LABELS, type Boundary, PRINCIPAL_LABELS, stateOf } from './graph.ts';
import { Landings } from './landings.ts';
import { findPaths, type Path } from './paths.ts';

/** The worst path to one asset, in words. */
export interface WorstPath {
  readonly principal: PrincipalKind;
  readonly asset: AssetKind;
  readonly severity: Severity;
  readonly state: 'open' | 'possible';
  /** `anybody on the local network → gateway control connection → host shell` */
  readonly way: string;
  /** Why nothing on it holds. */
  readonly why: readonly string[];
  /** The places of its boundaries, the door's first. */
  readonly refs: readonly Ref[];
}

/** The worst paths to one asset: the worst that is sure, and one that is worse and possible. */
export interface WorstOfAsset {
  readonly open?: WorstPath;
  readonly possible?: WorstPath;
}

/** The worst paths to each asset; where strangers have the host's shell, that alone: it includes the rest. */
export type WorstPaths = ReadonlyMap<AssetKind, WorstOfAsset>;

const known = new WeakMap<Model, WorstPaths>();

/** Followed once for a model, and no further than the first open way from a stranger to the host's shell. */
export function worstPaths(model: Model): WorstPaths {
  let worst = known.get(model);
  if (!worst) {
    worst = findWorst(model);
    known.set(model, worst);
  }
  return worst;
}

function findWorst(model: Model): WorstPaths {
  const first = new FirstShell(model);
  addDoors(model, first, { notes: false, tools: SHELL_TOOLS });
  if (first.found) return new Map([['host-shell', { open: first.found }]]);
  const byAsset = new Map<AssetKind, WorstOfAsset>();
  if (!first.anyDoor) return byAsset;
  for (const path of findPaths(buildGraph(model, { notes: false })).paths) {
    if (path.implied) continue;
    const worst = byAsset.get(path.asset) ?? {};
    // The first is the worst; a possible one matters only when it is worse than what is sure.
    if (!worst.open && !(path.state === 'possible' && worst.possible))
      byAsset.set(path.asset, { ...worst, [path.state]: describe(path) });
  }
  return byAsset;
}

const knownChannel = new WeakMap<Model, { readonly path: WorstPath | undefined }>();

/** The first open way from a message of a stranger to the host's shell. */
export function shellByMessage(model: Model): WorstPath | undefined {
  let found = knownChannel.get(model);
  if (!found) {
    const first = new FirstShell(model);
    addChannels(model, first, new Landings(model, SHELL_TOOLS));
    found = { path: first.found };
    knownChannel.set(model, found);
  }
  return found.path;
}

/** Looks for an open way to the host's shell, and whether there is any door to look behind. */
class FirstShell implements Sink {
  found: WorstPath | undefined;
  anyDoor = false;
  private readonly model: Model;

  constructor(model: Model) {
    this.model = model;
  }

  get done(): boolean {
    return this.found !== undefined;
  }

  gap(): void {}

  add(arrival: Arrival): void {
    const state = stateOf(arrival.boundaries);
    if (state === 'holds') return;
    this.anyDoor = true;
    if (this.found || state !== 'open' || arrival.standing !== 'stranger') return;
    const straight = arrival.reaches?.find((r) => r.asset === 'host-shell' && stateOf(r.boundaries) === 'open');
    if (straight) this.found = this.path(arrival, [], [], straight.boundaries);
    for (const landing of this.found ? [] : (arrival.landings?.() ?? [])) this.look(arrival, landing);
  }

  private look(arrival: Arrival, landing: Landing): void {
    if (this.found || landing.sharedOnly || stateOf(landing.boundaries) !== 'open') return;
    for (const { label, boundaries, reaches } of capabilities(this.model, landing.conversation, true)) {
      const shell = reaches.find((r) => r.asset === 'host-shell' && stateOf(r.boundaries) === 'open');
      if (!shell || stateOf(boundaries) !== 'open') continue;
      const places = [`${landing.session} of agent ${landing.agentId}`, label];
      this.found = this.path(arrival, places, [...landing.boundaries, ...boundaries], shell.boundaries);
      return;
    }
  }

  private path(
    { principal, door, boundaries }: Arrival,
    places: readonly string[],
    between: readonly Boundary[],
    last: readonly Boundary[],
  ): WorstPath {
    return {
      principal,
      asset: 'host-shell',
      severity: 'critical',
      state: 'open',
      way: [PRINCIPAL_LABELS[principal], door.one, ...places, ASSET_LABELS['host-shell']].join(' → '),
      ...reasons([...boundaries, ...between, ...last]),
    };
  }
}

function describe({ principal, asset, severity, state, edges }: Path): WorstPath {
  const places = edges.map((e) => e.to).filter((n) => n.kind !== 'agent');
  return {
    principal,
    asset,
    severity,
    state,
    way: [PRINCIPAL_LABELS[principal], ...places.map((n) => n.label)].join(' → '),
    ...reasons(edges.flatMap((e) => e.boundaries)),
  };
}

function reasons(boundaries: readonly Boundary[]): Pick<WorstPath, 'why' | 'refs'> {
  const refs = new Map(boundaries.flatMap((b) => b.refs).map((ref) => [formatRef(ref), ref]));
  return {
    why: boundaries.filter((b) => b.kind !== 'routing').map((b) => b.text),
    refs: [...refs.values()].slice(0, 8),
  };
}
