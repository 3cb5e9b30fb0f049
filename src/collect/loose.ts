import type { FileRole, ForeignGroup, LooseGroup } from '../core/snapshot.ts';

/** Paths that a group shows. */
const EXAMPLES = 5;
// One per role, access and agent, and an agent is whatever directory somebody makes below `agents`.
const MAX_GROUPS = 2000;

interface LooseTally {
  readonly role: FileRole;
  readonly agent: string | undefined;
  readonly access: LooseGroup['access'];
  count: number;
  shielded: number;
  readonly examples: string[];
}

interface ForeignTally {
  readonly role: FileRole;
  readonly uid: number;
  count: number;
  readonly examples: string[];
}

/** The strongest access that the nine permission bits give to others; undefined when they give none. */
export function looseAccess(mode: number): LooseGroup['access'] | undefined {
  if ((mode & 0o066) === 0) return undefined;
  if ((mode & 0o002) !== 0) return 'world-write';
  if ((mode & 0o020) !== 0) return 'group-write';
  return (mode & 0o004) !== 0 ? 'world-read' : 'group-read';
}

/** Counts loose and foreign files by group, in the order in which the groups were met. */
export class FileGroups {
  readonly #loose = new Map<string, LooseTally>();
  readonly #foreign = new Map<string, ForeignTally>();
  // A directory full of loose files asks for one group again and again.
  #last: { role: FileRole; agent: string | undefined; access: LooseGroup['access']; group: LooseTally } | undefined;

  /** `closed`: others do not reach the path as the directories above it stand. */
  addLoose(
    role: FileRole,
    agent: string | undefined,
    access: LooseGroup['access'],
    path: string,
    closed: boolean,
  ): void {
    const last = this.#last;
    const same = last && last.role === role && last.agent === agent && last.access === access;
    const group = same ? last.group : this.#looseGroup(role, agent, access);
    if (!same) this.#last = { role, agent, access, group };
    if (closed) group.shielded++;
    else add(group, path);
  }

  #looseGroup(role: FileRole, agent: string | undefined, access: LooseGroup['access']): LooseTally {
    const key = `${role}/${access}/${agent ?? ''}`;
    const known = this.#loose.get(key);
    if (known) return known;
    if (agent !== undefined && this.#loose.size >= MAX_GROUPS) return this.#looseGroup(role, undefined, access);
    const group: LooseTally = { role, agent, access, count: 0, shielded: 0, examples: [] };
    this.#loose.set(key, group);
    return group;
  }

  addForeign(role: FileRole, uid: number, path: string): void {
    const key = `${uid}/${role}`;
    let group = this.#foreign.get(key);
    if (!group) {
      group = { role, uid, count: 0, examples: [] };
      this.#foreign.set(key, group);
    }
    add(group, path);
  }

  loose(): LooseGroup[] {
    return Array.from(this.#loose.values(), ({ role, agent, access, count, examples, shielded }) => ({
      role,
      ...(agent !== undefined && { agent }),
      access,
      count,
      examples,
      ...(shielded > 0 && { shielded }),
    }));
  }

  foreign(): ForeignGroup[] {
    return Array.from(this.#foreign.values());
  }
}

function add(group: { count: number; readonly examples: string[] }, path: string): void {
  group.count++;
  if (group.examples.length < EXAMPLES) group.examples.push(path);
}
