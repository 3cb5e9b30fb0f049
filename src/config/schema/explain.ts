import type { KeyPath } from '../../core/ref.ts';
import { joinList, visible } from '../../core/text.ts';
import { isSecretPath, maskText } from '../secrets.ts';
import type { Value } from '../value.ts';
import { VALUE_MOVES } from './move-table.ts';
import { type Relocation, relocationsBelow, relocationsOf } from './moves.ts';
import type { Draft, SchemaProblem } from './problem.ts';
import { kindOfConst } from './scalars.ts';
import { elsewhere, formatPattern, nearest } from './suggest.ts';
import {
  branchesOf,
  knowsPath,
  nodeAt,
  type SchemaConst,
  type SchemaNode,
  type SchemaTable,
  type SchemaType,
} from './table.ts';

// Words of a closed list that are named; the rest is counted.
const WORDS_SHOWN = 12;
// Known neighbours of an unknown key that are named; of a larger object none are.
const KEYS_SHOWN = 8;
// New places that are named when a key fell apart.
const PARTS_SHOWN = 3;
// A word that is longer is not quoted, nor one of mixed letters and digits that is no slip of a listed one.
const QUOTE_LIMIT = 20;
const PLAIN_WORD = /^[a-z][a-z_-]*$/i;

const TYPE_NAMES: Record<SchemaType, string> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
  object: 'an object',
  array: 'a list',
};

const KIND_NAMES: Record<Value['kind'], string> = { ...TYPE_NAMES, boolean: 'a boolean' };

/** Puts a draft into words. */
export function explain(table: SchemaTable, draft: Draft): SchemaProblem {
  const { path, kind, node, value } = draft;
  if (kind === 'unknown-key') return explainKey(table, path, node, value!);
  if (kind === 'rule') {
    const expected = node.apart ? `only one of ${node.apart.join(' and ')}` : 'another combination of these keys';
    return { path, kind, expected, found: node.apart ? 'both' : kindOf(value) };
  }
  const suggestion = kind === 'missing' ? undefined : suggestValue(table, path, node, value!);
  const found = kind === 'not-allowed-value' ? quote(path, node, value!, suggestion) : kindOf(value);
  return { path, kind, expected: describe(table, node), found, ...(suggestion ? { suggestion } : {}) };
}

function kindOf(value: Value | undefined): string {
  return value ? KIND_NAMES[value.kind] : 'nothing';
}

/** Short words for what a node accepts: `one of off, serve or funnel`, `a whole number from 1 to 65535`. */
export function describe(table: SchemaTable, node: SchemaNode): string {
  const words: SchemaConst[] = [];
  const parts: string[] = [];
  for (const branch of branchesOf(table, node)) {
    if (branch.enum) words.push(...branch.enum);
    else parts.push(describeOne(table, branch));
  }
  if (words.length > 0) parts.unshift(describeWords([...new Set(words)]));
  return [...new Set(parts)].join(words.length > 1 ? ', or ' : ' or ');
}

function describeWords(words: readonly SchemaConst[]): string {
  const texts = words.map((word) => (word === '' ? '""' : String(word)));
  if (texts.length === 1) return texts[0]!;
  const more = texts.length > WORDS_SHOWN ? ` and ${texts.length - WORDS_SHOWN} more` : '';
  return `one of ${texts.slice(0, WORDS_SHOWN).join(', ')}${more}`;
}

function describeOne(table: SchemaTable, node: SchemaNode): string {
  const { type } = node;
  if (type === undefined) return node.all ? describe(table, nodeAt(table, node.all[0]!)) : 'a value';
  if (typeof type !== 'string') return type.map((t) => TYPE_NAMES[t]).join(' or ');
  if (node.says) return node.says;
  return TYPE_NAMES[type] + (type === 'string' ? describeText(node) : describeAmount(node, type));
}

function describeText(node: SchemaNode): string {
  if (node.format) return ' that is a URL';
  if (node.pattern !== undefined) return ` that matches ${node.pattern}`;
  if (node.maxLength !== undefined) return ` of ${node.minLength ?? 0} to ${node.maxLength} characters`;
  if (node.minLength !== undefined)
    return node.minLength === 1 ? ' that is not empty' : ` of at least ${node.minLength} characters`;
  return '';
}

function describeAmount(node: SchemaNode, type: SchemaType): string {
  if (type === 'number' || type === 'integer') return describeRange(node);
  const [min, max, unit] =
    type === 'array' ? [node.minItems, node.maxItems, 'items'] : [node.minKeys, node.maxKeys, 'entries'];
  const once = node.unique ? ', each once' : '';
  if (min !== undefined && max !== undefined) return ` of ${min === max ? min : `${min} to ${max}`} ${unit}${once}`;
  if (min !== undefined) return ` of at least ${min} ${unit}${once}`;
  return (max !== undefined ? ` of at most ${max} ${unit}` : '') + once;
}

function describeRange(node: SchemaNode): string {
  const max = node.max === Number.MAX_SAFE_INTEGER ? undefined : node.max;
  const min = node.min === Number.MIN_SAFE_INTEGER ? undefined : node.min;
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  const bounds: string[] = [];
  if (min !== undefined) bounds.push(`at least ${min}`);
  if (node.above !== undefined) bounds.push(`above ${node.above}`);
  if (max !== undefined) bounds.push(`at most ${max}`);
  if (node.below !== undefined) bounds.push(`below ${node.below}`);
  return bounds.length > 0 ? ` ${bounds.join(' and ')}` : '';
}

/** A number, or a word where a word of a list belongs; anything that may be a secret stays a type. */
function quote(path: KeyPath, node: SchemaNode, value: Value, suggestion: string | undefined): string {
  const safe = !isSecretPath(path) && !(value.kind === 'string' && value.secret);
  if (value.kind === 'number' && safe) return String(value.value);
  if (value.kind !== 'string') return KIND_NAMES[value.kind];
  const word = value.value;
  const harmless = word.length <= QUOTE_LIMIT && (PLAIN_WORD.test(word) || suggestion !== undefined);
  return safe && isWordList(node) && harmless && maskText(word) === word
    ? visible(JSON.stringify(word))
    : 'another string';
}

function isWordList(node: SchemaNode): boolean {
  return node.enum !== undefined || node.any !== undefined;
}

function suggestValue(table: SchemaTable, path: KeyPath, node: SchemaNode, value: Value): string | undefined {
  const branches = branchesOf(table, node);
  const takes = (type: SchemaType) =>
    branches.some((branch) =>
      branch.enum ? branch.enum.some((word) => kindOfConst(word) === type) : [branch.type].flat().includes(type),
    );
  if (value.kind === 'string') {
    const words = branches.flatMap((branch) => branch.enum ?? []).filter((word) => typeof word === 'string');
    const renamed = VALUE_MOVES.find((move) => move.from === value.value.trim().toLowerCase() && isAt(move.at, path));
    if (renamed && words.includes(renamed.to)) return renamed.to;
    if (words.length > 0) return nearest(value.value, words);
    if (takes('boolean') && /^\s*(?:true|yes|on|1)\s*$/i.test(value.value)) return 'true';
    if (takes('boolean') && /^\s*(?:false|no|off|0)\s*$/i.test(value.value)) return 'false';
    if ((takes('number') || takes('integer')) && /^\s*\d+\s*$/.test(value.value)) return 'the number without quotes';
  }
  if ((value.kind === 'number' || value.kind === 'boolean') && branches.some((branch) => takesText(branch, value)))
    return 'the same in quotes';
  if (value.kind !== 'array' && value.kind !== 'null' && takes('array')) return 'a list with this value in it';
  return undefined;
}

/** True when the branch accepts the scalar once it is written as a string. */
function takesText(branch: SchemaNode, value: Value): boolean {
  if (value.kind === 'object' || value.kind === 'array') return false;
  return branch.enum ? branch.enum.includes(String(value.value)) : [branch.type].flat().includes('string');
}

function isAt(pattern: string, path: KeyPath): boolean {
  const steps = pattern.split('.');
  return steps.length === path.length && steps.every((step, i) => step === '*' || step === path[i]);
}

function explainKey(table: SchemaTable, path: KeyPath, node: SchemaNode, value: Value): SchemaProblem {
  const found = kindOf(value);
  const homes = findHomes(table, path, value);
  if (homes.length > 0) return explainMove(table, path, homes, found);
  const keys = Object.keys(node.keys ?? {});
  const names = node.names === undefined ? undefined : nodeAt(table, node.names);
  const expected = names
    ? (names.says ?? `a name that matches ${names.pattern ?? 'the rule of this map'}`)
    : keys.length > 0 && keys.length <= KEYS_SHOWN
      ? `one of the keys ${joinList(keys, KEYS_SHOWN)}`
      : 'a key that OpenClaw knows here';
  const suggestion = nearest(String(path[path.length - 1]), keys) ?? elsewhere(table, path, value);
  return { path, kind: 'unknown-key', expected, found, ...(suggestion ? { suggestion } : {}) };
}

function explainMove(table: SchemaTable, path: KeyPath, homes: readonly Relocation[], found: string): SchemaProblem {
  const places = homes.flatMap((home) => (home.path ? [formatPattern(home.path)] : []));
  const [first] = homes;
  if (places.length === 0) {
    const since = first?.move.exact ? ` in ${first.move.since}` : '';
    return { path, kind: 'moved-key', expected: `nothing: OpenClaw removed this key${since}`, found };
  }
  const text = [...new Set(places)].join(' and ');
  const change = homes.length === 1 && first?.move.newValue ? `, with ${first.move.newValue}` : '';
  return {
    path,
    kind: 'moved-key',
    expected: `${text} in OpenClaw ${table.openclaw}${change}`,
    found,
    suggestion: text,
  };
}

/** Where the judged version has the key or its parts, following moves in either direction; else that it is gone. */
function findHomes(table: SchemaTable, path: KeyPath, value: Value): Relocation[] {
  const whole = [...relocationsOf(path, 'newer'), ...relocationsOf(path, 'older')];
  const parts = [...relocationsBelow(path, value, 'newer'), ...relocationsBelow(path, value, 'older')];
  const known = followMoves(table, whole).slice(0, 1);
  if (known.length > 0) return known;
  const scattered = followMoves(table, parts);
  return scattered.length > 0
    ? scattered.slice(0, PARTS_SHOWN)
    : whole.filter((hop) => hop.path === undefined).slice(0, 1);
}

/** Those of the relocations, or of the ones that follow them, that the table knows. */
function followMoves(table: SchemaTable, first: readonly Relocation[]): Relocation[] {
  const hops = [...first];
  const found: Relocation[] = [];
  // Moves chain at most a few times; one is never followed twice.
  const taken = new Set(hops.map((hop) => hop.move));
  for (const hop of hops) {
    if (hop.path === undefined) continue;
    if (knowsPath(table, hop.path)) {
      found.push(hop);
      continue;
    }
    for (const next of relocationsOf(hop.path, 'newer')) {
      if (taken.has(next.move)) continue;
      taken.add(next.move);
      hops.push(next);
    }
  }
  return found;
}
