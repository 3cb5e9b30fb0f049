import { notApplicable, unknown } from '../../core/check.ts';
import { formatRef, type KeyPath, keyRef } from '../../core/ref.ts';
import {
  NODE_COMMANDS_FIRST_ERA,
  NODE_COMMANDS_OUTSIDE_DEFAULTS,
  NODE_COMMANDS_SECOND_ERA,
} from '../../model/data/node-commands.ts';
import { closest } from '../../core/closest.ts';
import { defineCheck } from '../define.ts';

// Deny entries are compared to the letter; these marks show that somebody expected a pattern.
const PATTERN_LIKE = /[?*[\]{}(),|\s]|group:|^[/^]|[/$]$/;

export default defineCheck({
  id: 'gateway.nodes.deny_commands_ineffective',
  title: 'Denied node commands that deny nothing',
  why: 'Names are compared to the letter; a pattern or a misspelt name looks like protection and is none.',
  remedy: 'Write the exact command names in {key}{hint}.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    pattern: { severity: 'warn', text: '{key} holds {patterns}, which OpenClaw does not treat as a pattern.' },
    unknown: { severity: 'warn', text: '{key} holds {names}, which is no command that a node knows.' },
    both: {
      severity: 'warn',
      text: '{key} holds {patterns}, not treated as patterns, and {names}, no commands that a node knows.',
    },
  },
  *run({ gateway, target, settings }, hit) {
    const { nodeAllow, nodeDeny } = gateway;
    if (!nodeDeny.known) return yield unknown(nodeDeny);
    if (!nodeDeny.value || nodeDeny.value.length === 0) return yield notApplicable('no node command is denied');
    const table = target.secondEra ? NODE_COMMANDS_SECOND_ERA : NODE_COMMANDS_FIRST_ERA;
    const known = new Set([
      ...table.known,
      ...table.dangerous,
      ...NODE_COMMANDS_OUTSIDE_DEFAULTS,
      ...(nodeAllow.value ?? []),
    ]);
    const patterns = nodeDeny.value.filter((c) => PATTERN_LIKE.test(c));
    const names = nodeDeny.value.filter((c) => !PATTERN_LIKE.test(c) && !known.has(c));
    if (patterns.length + names.length === 0) return;
    if (names.length > 0 && !nodeAllow.known) return yield unknown(nodeAllow);
    const bad = new Set([...patterns, ...names]);
    const key = nodeDeny.at.kind === 'key' ? nodeDeny.at.path : ([] as KeyPath);
    const list = settings.value(...key);
    const index =
      list?.kind === 'array' ? list.items.findIndex((v) => v.kind === 'string' && bad.has(v.value.trim())) : -1;
    const near = names.map((n) => closest(n, [...known])).filter((n) => n !== undefined);
    yield hit(patterns.length === 0 ? 'unknown' : names.length === 0 ? 'pattern' : 'both', {
      at: index < 0 ? nodeDeny.at : keyRef(...key, index),
      args: { key: formatRef(nodeDeny.at), patterns, names, hint: near.length ? `; did you mean ${near[0]}?` : '' },
    });
  },
});
