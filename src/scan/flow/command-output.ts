import type { CallSite, Machine } from './machine.ts';
import { source } from './model.ts';
import { contentTaints } from './path-values.ts';
import { constant, stringsOf, type Taint, tainted, type Value, wholeStrings } from './value.ts';

/** Programs that run what they read. */
export function isShellProgram(program: string): boolean {
  return /(?:^|[/\\])(?:(?:ba|z|da|k|a)?sh|fish|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh)$/i.test(program.trim());
}

const CLIPBOARD = /^(?:pbpaste|xclip\b.*-o|xsel\b.*(?:-o|--output)|wl-paste|powershell.*Get-Clipboard)/i;
const KEYCHAIN =
  /^(?:security\s+(?:find|dump|export)|secret-tool\s+(?:lookup|search)|gpg2?\s.*--export-secret|pass\s+show|op\s+(?:read|item\s+get))/i;
const TOKENS =
  /^(?:gh\s+auth\s+token|gcloud\s+auth\s+print-|aws\s+configure\s+(?:get|export)|npm\s+(?:token|config\s+get\s+\S*_authToken)|kubectl\s+config\s+view\s+.*--raw|heroku\s+auth:token)/i;
const MACHINE = /^(?:hostname|whoami|id|uname|ifconfig|ip\s+a|systeminfo|sw_vers|ioreg)\b/i;
const FETCHERS = /^(?:curl|wget|http|https|aria2c|Invoke-WebRequest|iwr)\b/i;

/** What the output of a command holds, when the command is known. */
export function commandOutput(
  machine: Machine,
  site: CallSite,
  command: Value,
  argList: readonly Value[] | undefined,
): Value {
  const taints: Taint[] = [];
  const rest = argList?.map((a) => stringsOf(a)[0] ?? '').join(' ') ?? '';
  for (const program of stringsOf(command)) {
    const line = `${program} ${rest}`.trim();
    const first = line.replace(/^\S*\/(?=[\w.-]+(?:\s|$))/, '');
    if (/^(?:env|printenv|set|export\s+-p)\s*(?:\||$)/.test(first))
      taints.push(source(machine, site, 'env-all', '', `lists the environment with ${first.split(/\s/)[0]}`));
    else if (CLIPBOARD.test(first))
      taints.push(source(machine, site, 'clipboard', 'the clipboard', 'reads the clipboard'));
    else if (KEYCHAIN.test(first))
      taints.push(source(machine, site, 'credential-file', 'the system keychain', 'asks the keychain'));
    else if (TOKENS.test(first))
      taints.push(
        source(
          machine,
          site,
          'env-secret',
          `${first.split(/\s/)[0]}_TOKEN`,
          `asks ${first.split(/\s/)[0]} for its token`,
        ),
      );
    else if (MACHINE.test(first))
      taints.push(source(machine, site, 'machine', first.split(/\s/)[0]!, `asks for the machine's identity`));
    else if (FETCHERS.test(first))
      taints.push(source(machine, site, 'network', hostIn(line), 'downloads with a command'));
    else if (/^(?:cat|head|tail|tar|zip|base64|type|less|more|strings|find|grep|sed|awk)\s/.test(first)) {
      for (const word of line.split(/[\s"']+/).slice(1)) {
        const path = word.replace(/^\$\{?HOME\}?/, '~');
        if (!/[/~]|^\.env/.test(path)) continue;
        taints.push(
          ...contentTaints(machine, site, constant(path)).filter(
            (t) => t.kind === 'credential-file' || t.kind === 'session-store',
          ),
        );
      }
    }
  }
  const shown = wholeStrings(command)[0]?.trim().split(/\s/)[0] ?? '';
  if (taints.length === 0)
    taints.push(source(machine, site, 'command-output', shown.slice(0, 40), 'reads the output of a command'));
  return tainted(taints);
}

function hostIn(line: string): string {
  return /https?:\/\/([^\s/"']+)/.exec(line)?.[1] ?? 'a server';
}
