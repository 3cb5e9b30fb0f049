import type { Severity } from '../../core/severity.ts';
import { downloadTrust } from '../data/downloads.ts';
import { destination } from '../data/hosts.ts';
import { snippet } from '../findings.ts';
import { directory, resolveInside } from '../paths.ts';

interface Judged {
  readonly severity: Severity;
  readonly message: string;
}

const CODE_HOSTS =
  /^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|codeload\.github\.com|git\.sr\.ht)$/;

/**
 * Judges where a dependency comes from; undefined for what a registry or the package itself gives. Code outside of a
 * registry can change under the same version, and no list of known bad packages names it.
 */
export function judgeDependency(name: string, spec: string, manifest: string): Judged | undefined {
  const text = spec.trim();
  const shown = snippet(name);
  const local = /^(?:file|link|portal):(.*)$/.exec(text)?.[1];
  if (local !== undefined) {
    const outside = /^(?:[\\/~]|[A-Za-z]:)/.test(local) || resolveInside(directory(manifest), local) === undefined;
    return outside
      ? {
          severity: 'warn',
          message: `Takes ${shown} from ${snippet(local)}, outside of the package: what lies there becomes part of it.`,
        }
      : undefined;
  }
  if (/^git@|^ssh:|^git\+ssh:/.test(text))
    return { severity: 'info', message: `Takes ${shown} from a git repository over SSH (${snippet(text)}).` };
  if (/^(?:git|git\+http|git\+file):/.test(text))
    return {
      severity: 'warn',
      message: `Takes ${shown} from ${snippet(text)} without encryption: anybody on the way can replace it.`,
    };
  const address = /^(?:git\+)?(https?:\/\/.+)$/i.exec(text)?.[1];
  if (address !== undefined) return judgeAddress(shown, address, text.startsWith('git+'));
  if (/^(?:github|gitlab|bitbucket|gist):|^[\w.-]+\/[\w.-]+(?:#|$)/.test(text)) {
    const pinned = /#(?:[0-9a-f]{40}|semver:|v?\d+\.\d+\.\d+$)/.test(text);
    if (text.startsWith('gist:'))
      return { severity: 'warn', message: `Takes ${shown} from a gist, where anybody can put code.` };
    return {
      severity: 'info',
      message: `Takes ${shown} from a git repository (${snippet(text)})${pinned ? '' : ', at whatever its newest state is'}.`,
    };
  }
  return undefined;
}

function judgeAddress(shown: string, address: string, git: boolean): Judged | undefined {
  const to = destination(address);
  const trust = downloadTrust(address);
  if (trust.level === 'local')
    return {
      severity: 'warn',
      message: `Takes ${shown} from ${snippet(to.host)}, a server on this machine or network.`,
    };
  if (trust.level === 'bad')
    return { severity: 'critical', message: `Takes ${shown} from ${snippet(address)}: ${trust.why}.` };
  if (CODE_HOSTS.test(to.host))
    return { severity: 'info', message: `Takes ${shown} from ${snippet(address)} instead of the registry.` };
  if (trust.level === 'release' || trust.level === 'official') return undefined;
  return {
    severity: 'warn',
    message: `Takes ${shown} from ${snippet(address)}${git ? '' : ' as an archive'}: a server that can send other code to everybody at any time.`,
  };
}
