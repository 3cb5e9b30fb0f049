import { NEVER, OPEN, stringsOf, type TaintKind, tainted, type Value } from '../flow/value.ts';
import { KEYCHAIN_ENTRY } from '../data/sensitive-paths.ts';
import type { Shell } from './shell.ts';

interface Output {
  readonly kind: TaintKind;
  readonly detail: string;
  readonly what: string;
}

/** One entry of the keychain, by the service it is kept for; without one, any of them. */
function keychainEntry(args: readonly string[], option: RegExp): Output {
  const at = args.findIndex(
    (a, i) => option.test(a) && /^[\w. -]+$/.test(args[i + 1] ?? '') && !/^-/.test(args[i + 1]!),
  );
  const service = at < 0 ? undefined : args[at + 1];
  const detail = service === undefined ? 'the system keychain' : KEYCHAIN_ENTRY + service;
  return { kind: 'credential-file', detail, what: 'asks the keychain' };
}

/** What the output of some programs holds. */
function outputOf(name: string, args: readonly string[]): Output | undefined {
  const first = args[0] ?? '';
  switch (name) {
    case 'env':
    case 'printenv':
    case 'set':
    case 'export':
    case 'declare':
      if (args.length === 0 || first === '-p' || first === '-x' || first === '-0')
        return { kind: 'env-all', detail: '', what: `lists the environment with ${name}` };
      return undefined;
    case 'history':
      return { kind: 'session-store', detail: 'the shell history', what: 'reads the shell history' };
    case 'hostname':
    case 'whoami':
    case 'id':
    case 'uname':
    case 'ifconfig':
    case 'ip':
    case 'ioreg':
    case 'system_profiler':
      return {
        kind: 'machine',
        detail:
          name === 'whoami' || name === 'id'
            ? 'user name'
            : name === 'hostname' || name === 'uname'
              ? 'host name'
              : 'network interfaces',
        what: `asks ${name}`,
      };
    case 'pbpaste':
    case 'xclip':
    case 'xsel':
    case 'wl-paste':
      return { kind: 'clipboard', detail: 'the clipboard', what: 'reads the clipboard' };
    case 'screencapture':
    case 'scrot':
      return { kind: 'clipboard', detail: 'the screen', what: 'takes a picture of the screen' };
    case 'security':
      if (/^find-(?:generic|internet)-password$/.test(first)) return keychainEntry(args, /^-s$/);
      return /^(?:find-|dump-|export)/.test(first)
        ? { kind: 'credential-file', detail: 'the system keychain', what: 'asks the keychain' }
        : undefined;
    case 'secret-tool':
      if (first === 'lookup') return keychainEntry(args, /^(?:service|application|app|name)$/);
      return first === 'search'
        ? { kind: 'credential-file', detail: 'the system keychain', what: `asks ${name}` }
        : undefined;
    case 'pass':
    case 'op':
      return /^(?:lookup|search|show|read|item)/.test(first)
        ? { kind: 'credential-file', detail: 'a password manager', what: `asks ${name}` }
        : undefined;
    default:
      return undefined;
  }
}

/** The output of a program that is known by what it prints. */
export function commandOutput(shell: Shell, name: string, args: readonly Value[], input: Value, pos: number): Value {
  const texts = args.map((a) => stringsOf(a)[0] ?? '');
  if (name === 'export' || name === 'declare') {
    for (const value of args) assign(shell, value);
  }
  if (name === 'printenv' && texts[0]) return shell.variable(texts[0], '', pos);
  const found = outputOf(name, texts);
  if (!found) return input === NEVER ? OPEN : tainted(input.taints);
  return tainted([shell.taint(found.kind, found.detail, pos, found.what)]);
}

function assign(shell: Shell, value: Value): void {
  for (const text of stringsOf(value)) {
    const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(text);
    if (match) shell.setVariable(match[1]!, { ...value, consts: [match[2]!] });
  }
}
