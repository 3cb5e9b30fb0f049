import type { Model } from '../model/model.ts';
import { Arrivals } from './arrivals.ts';
import { addChannels } from './channels.ts';
import { addCode, addContent } from './content.ts';
import { addFiles } from './files.ts';
import { addGateway } from './gateway.ts';
import { Graph } from './graph.ts';
import { addHooks } from './hooks.ts';
import { Landings } from './landings.ts';

/**
 * Who can reach what, from the doors inwards. With `notes` also what is no more than a note: pages that agents read,
 * authors of plugins.
 */
export function buildGraph(model: Model, { notes }: { readonly notes: boolean }): Graph {
  const graph = new Graph();
  const arrivals = new Arrivals(model, graph);
  const landings = new Landings(model);
  addChannels(model, graph, arrivals, landings);
  addGateway(model, graph, arrivals, landings);
  addHooks(model, arrivals, landings);
  if (notes) addContent(model, arrivals, landings);
  arrivals.finish();
  addFiles(model, graph);
  if (notes) addCode(model, graph);
  if (model.configUnreadable) graph.gaps.add('The config cannot be read, so defaults were followed.');
  if (model.agents.gap) graph.gaps.add(`Agents may be missing: ${model.agents.gap}.`);
  return graph;
}
