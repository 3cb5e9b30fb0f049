import type { Model } from '../model/model.ts';
import { Arrivals, type Sink } from './arrivals.ts';
import { addChannels, addUnknownChannels } from './channels.ts';
import { addCode, addContent, addTrusted } from './content.ts';
import { addFiles } from './files.ts';
import { addGateway } from './gateway.ts';
import { Graph } from './graph.ts';
import { addHooks, addMail } from './hooks.ts';
import { Landings } from './landings.ts';

/** How far the doors are followed. */
export interface Following {
  /** Also what is no more than a note: pages that agents read, authors of plugins. */
  readonly notes: boolean;
  /** Only these tools are looked at. */
  readonly tools?: readonly string[];
  /** Conversations that were looked at before, where nothing has changed that they depend on. */
  readonly landings?: Landings;
}

/** Who can reach what, from the doors inwards. */
export function buildGraph(model: Model, following: Following): Graph {
  const graph = new Graph();
  const landings = following.landings ?? new Landings(model, following.tools);
  const arrivals = new Arrivals(graph, landings);
  addDoors(model, arrivals, { ...following, landings });
  arrivals.finish();
  return graph;
}

/** Everybody who comes in somewhere, the weakest claim on the owner's trust first. */
export function addDoors(model: Model, sink: Sink, { notes, tools, landings }: Following): void {
  const conversations = landings ?? new Landings(model, tools);
  const kinds = [
    addGateway,
    addHooks,
    addChannels,
    ...(notes ? [addUnknownChannels] : []),
    addMail,
    addFiles,
    ...(notes ? [addContent, addCode, addTrusted] : []),
  ];
  for (const add of kinds) {
    if (sink.done) return;
    add(model, sink, conversations);
  }
  if (model.configUnreadable) sink.gap('The config cannot be read, so defaults were followed.');
  if (model.agents.gap) sink.gap(`Agents may be missing: ${model.agents.gap}.`);
}
