import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SkillEscape, SkillFacts, WorkspaceFacts } from '../core/snapshot.ts';
import { isInside } from './inside.ts';
import type { AgentWorkspace } from './workspaces.ts';

const MAX_DIRECTORIES = 40_000;
const MAX_SKILL_FILES = 2000;
const MAX_ESCAPES = 200;

/** Where the skills of each workspace really lie. */
export function collectSkills(options: { readonly workspaces: readonly AgentWorkspace[] }): SkillFacts {
  const seen = new Map<string, WorkspaceFacts>();
  for (const { agent, path } of options.workspaces)
    if (!seen.has(path)) {
      const facts = inspect(agent, path);
      if (facts) seen.set(path, facts);
    }
  return { workspaces: [...seen.values()] };
}

function inspect(agent: string, path: string): WorkspaceFacts | undefined {
  const real = realOf(path);
  if (!real) return undefined;
  const root = join(path, 'skills');
  const base = { agent, path, real, skillFiles: 0, truncated: false };
  let link = false;
  try {
    const stat = lstatSync(root);
    link = stat.isSymbolicLink();
    if (!link && !stat.isDirectory()) return { ...base, escapes: [] };
  } catch {
    return { ...base, escapes: [] };
  }
  const target = realOf(root);
  const escapes: SkillEscape[] = [];
  // OpenClaw loads skills through a linked root; its own check stops there.
  if (link && !(target && isInside(target, real)))
    return { ...base, escapes: [{ path: root, ...(target ? { real: target } : {}), reason: 'root-link' }] };
  return { ...base, ...walkSkills(root, real, escapes), escapes };
}

/** Breadth first; links to directories are followed once, hidden names and node_modules are not entered. */
function walkSkills(
  root: string,
  workspace: string,
  escapes: SkillEscape[],
): { skillFiles: number; truncated: boolean } {
  const queue = [root];
  const visited = new Set<string>();
  let skillFiles = 0;
  let at = 0;
  for (; at < queue.length && visited.size < MAX_DIRECTORIES && skillFiles < MAX_SKILL_FILES; at++) {
    const dir = queue[at]!;
    const real = realOf(dir);
    if (!real || visited.has(real)) continue;
    visited.add(real);
    let names: string[];
    try {
      names = readdirSync(dir).sort();
    } catch {
      continue;
    }
    for (const name of names) {
      if (name.startsWith('.') || name === 'node_modules') continue;
      const path = join(dir, name);
      const kind = kindOf(path);
      if (kind === 'directory') queue.push(path);
      else if (name === 'SKILL.md' && kind === 'file') {
        skillFiles++;
        const target = realOf(path);
        if (target && isInside(target, workspace)) continue;
        if (escapes.length < MAX_ESCAPES)
          escapes.push({ path, ...(target ? { real: target } : {}), reason: target ? 'outside' : 'unresolvable' });
      }
    }
  }
  return { skillFiles, truncated: at < queue.length };
}

function kindOf(path: string): 'file' | 'directory' | undefined {
  try {
    const stat = statSync(path);
    return stat.isDirectory() ? 'directory' : stat.isFile() ? 'file' : undefined;
  } catch {
    return undefined;
  }
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
