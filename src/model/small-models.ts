import { type Fact, known, unknownFact } from '../core/fact.ts';
import type { KeyPath } from '../core/ref.ts';
import type { Model } from './model.ts';
import type { ToolContext } from './tools/contexts.ts';
import { readLists } from './tools/policy.ts';

/** Config keys and variables that hold a key for web search (OpenClaw 2026.3.7). */
const SEARCH_KEYS: readonly KeyPath[] = [
  ['tools', 'web', 'search', 'apiKey'],
  ['tools', 'web', 'search', 'perplexity', 'apiKey'],
];
const SEARCH_VARIABLES = ['BRAVE_API_KEY', 'PERPLEXITY_API_KEY'];

/** web_search, web_fetch and browser, as far as this agent with this model can use them. */
export function exposedTools(model: Model, context: ToolContext, modelId: string): Fact<readonly string[]> {
  const { settings, target } = model;
  const policy = target.secondEra
    ? context.effective.with(...providerLayers(model, context, modelId))
    : context.effective;
  if (policy.gap) return unknownFact(policy.gap.reason, policy.gap.at);
  const fetch = settings.boolean(['tools', 'web', 'fetch', 'enabled'], true);
  const browser = settings.boolean(['browser', 'enabled'], true);
  const candidates: [string, boolean][] = [
    ['web_search', webSearchOn(model)],
    ['web_fetch', fetch.value !== false],
    ['browser', browser.value !== false],
  ];
  const tools = candidates.filter(([tool, on]) => on && policy.allows(tool)).map(([tool]) => tool);
  return known(tools, context.at);
}

function webSearchOn(model: Model): boolean {
  const { settings, snapshot } = model;
  const written = settings.boolean(['tools', 'web', 'search', 'enabled'], undefined);
  if (written.known && written.value !== undefined) return written.value;
  const keyed = (path: KeyPath) => {
    const { state } = settings.secret(...path);
    return state === 'value' || state === 'reference' || state === 'unresolved';
  };
  if (SEARCH_KEYS.some(keyed)) return true;
  if (
    settings.keys('plugins', 'entries').some((p) => keyed(['plugins', 'entries', p, 'config', 'webSearch', 'apiKey']))
  )
    return true;
  return SEARCH_VARIABLES.some((name) => {
    const secret = snapshot.env.vars[name]?.secret;
    return secret !== undefined && secret.placeholder !== 'empty';
  });
}

/** `byProvider` lists, global and of the agent, for the model's provider or the model itself. */
function providerLayers(model: Model, context: ToolContext, modelId: string) {
  const provider = modelId.split('/')[0]!;
  const roots: KeyPath[] = [['tools'], ...(context.agent?.path ? [[...context.agent.path, 'tools']] : [])];
  return roots.flatMap((root) =>
    [provider, modelId].map((key) =>
      readLists(model.settings, 'provider', [...root, 'byProvider', key], (fact) =>
        fact.known ? fact.value : undefined,
      ),
    ),
  );
}
