import type { Model } from '../model/model.ts';
import { Arrivals, type Sink } from './arrivals.ts';
import { addChannels } from './channels.ts';
import { addCode, addContent } from './content.ts';
import { addFiles } from './files.ts';
import { addGateway } from './gateway.ts';
import { Graph } from './graph.ts';
import { addHooks, addMail } from './hooks.ts';
import { Landings } from './landings.ts';

/**
 * Who can reach what, from the doors inwards. With `notes` also what is no more than a note: pages that agents read,
 * authors of plugins.
 */
export function buildGraph(model: Model, { notes }: { readonly notes: boolean }): Graph {
  const graph = new Graph();
  const arrivals = new Arrivals(model, graph);
  addDoors(model, arrivals, { notes });
  arrivals.finish();
  return graph;
}

/** Everybody who comes in somewhere, the weakest claim on the owner's trust first. */
export function addDoors(
  model: Model,
  sink: Sink,
  { notes, tools }: { readonly notes: boolean; readonly tools?: readonly string[] },
): void {
  const landings = new Landings(model, tools);
  const kinds = [addGateway, addHooks, addChannels, addMail, addFiles, ...(notes ? [addContent, addCode] : [])];
  for (const add of kinds) {
    if (sink.done) return;
    add(model, sink, landings);
  }
  if (model.configUnreadable) sink.gap('The config cannot be read, so defaults were followed.');
  if (model.agents.gap) sink.gap(`Agents may be missing: ${model.agents.gap}.`);
}
