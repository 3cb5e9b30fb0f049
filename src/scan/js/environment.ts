import { isCredentialName } from '../data/credential-names.ts';
import type { Frame } from '../flow/frame.ts';
import type { Machine } from '../flow/machine.ts';
import { constant, join, OPEN, tainted, type Value } from '../flow/value.ts';
import type { SyntaxNode } from '../types.ts';

/** Variables that hold a place whose meaning is known. */
const PLACES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    HOME: '~',
    USERPROFILE: '~',
    HOMEPATH: '~',
    APPDATA: '~/AppData/Roaming',
    LOCALAPPDATA: '~/AppData/Local',
    XDG_CONFIG_HOME: '~/.config',
    XDG_DATA_HOME: '~/.local/share',
    OPENCLAW_HOME: '~',
    OPENCLAW_STATE_DIR: '~/.openclaw',
    OPENCLAW_CONFIG_PATH: '~/.openclaw/openclaw.json',
    CLAWDBOT_STATE_DIR: '~/.clawdbot',
    TMPDIR: '/tmp',
    TEMP: '/tmp',
    SHELL: '/bin/sh',
    COMSPEC: 'cmd.exe',
  }),
);

/** One variable of the environment. Only those named like secrets are followed. */
export function readVariable(machine: Machine, name: string, node: SyntaxNode, frame: Frame): Value {
  const place = PLACES.get(name);
  if (place !== undefined) return join(constant(place), OPEN);
  if (!isCredentialName(name)) return OPEN;
  return tainted([machine.taint('env-secret', name, node, frame, `reads ${name.slice(0, 60)} of the environment`)]);
}

/** The whole environment as a value. */
export function wholeEnvironment(machine: Machine, name: string, node: SyntaxNode, frame: Frame): Value {
  return {
    consts: [],
    apis: [name],
    funcs: [],
    objects: [],
    taints: [machine.taint('env-all', '', node, frame, 'takes the whole environment')],
    open: false,
  };
}
