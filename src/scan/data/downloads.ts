import { HOLE } from '../flow/value.ts';
import { destination, isKnownInstaller } from './hosts.ts';

/** How far the address of downloaded code can be trusted. */
export interface DownloadTrust {
  /** `official`: a well-known installer. `release`: a versioned file of a public registry or code host. */
  readonly level: 'official' | 'release' | 'named' | 'bad' | 'unknown' | 'local';
  readonly why: string;
}

const RELEASES =
  /^https:\/\/(?:(?:www\.)?github\.com\/[^/]+\/[^/]+\/(?:releases\/(?:latest\/)?download|archive)\/|objects\.githubusercontent\.com\/|codeload\.github\.com\/|gitlab\.com\/[^/]+\/.*\/releases\/|registry\.npmjs\.org\/|files\.pythonhosted\.org\/|repo1?\.maven\.org\/|dl\.google\.com\/|storage\.googleapis\.com\/(?:golang|kubernetes-release|chrome-for-testing-public)\/|go\.dev\/dl\/|nodejs\.org\/dist\/|releases\.hashicorp\.com\/|dl\.k8s\.io\/|www\.python\.org\/ftp\/|static\.crates\.io\/|awscli\.amazonaws\.com\/|huggingface\.co\/[^/]+\/[^/]+\/resolve\/|download\.pytorch\.org\/|cdn\.playwright\.dev\/|playwright\.azureedge\.net\/|download\.docker\.com\/)/;
/** Whole repositories of public code hosts. */
const HOSTED =
  /^(?:https:\/\/|git@)(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)[/:][\w.-]+\/[\w.-]+?(?:\.git)?\/?$/;
const SHORTENERS =
  /(?:^|\.)(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|is\.gd|cutt\.ly|rb\.gy|shorturl\.at|t\.ly|v\.gd|ow\.ly|tiny\.cc)$/;
const PASTES =
  /(?:^|\.)(?:gist\.githubusercontent\.com|pastebin\.com|paste\.ee|hastebin\.com|rentry\.co|glot\.io|dpaste\.com|cdn\.discordapp\.com|transfer\.sh|anonfiles\.com|catbox\.moe|file\.io|0x0\.st|ix\.io|termbin\.com)$/;

/** Judges the address that code is downloaded from. */
export function downloadTrust(url: string): DownloadTrust {
  const to = destination(url);
  if (isKnownInstaller(url)) return { level: 'official', why: 'the documented installer of a well-known tool' };
  if (to.kind === 'local') return { level: 'local', why: 'this machine or network' };
  if (to.kind === 'drop' || to.kind === 'onion' || PASTES.test(to.host))
    return { level: 'bad', why: 'a place where anybody can put a file without a name' };
  if (SHORTENERS.test(to.host)) return { level: 'bad', why: 'a shortened address that can point anywhere' };
  if (to.kind === 'raw-address') return { level: 'bad', why: 'a bare network address' };
  if (url.startsWith(HOLE) || to.kind === 'unknown' || to.host.includes(HOLE))
    return { level: 'unknown', why: 'an address that is not constant' };
  if (/^(?:http|ftp):/i.test(url))
    return { level: 'bad', why: 'an unencrypted address, which anybody on the way can replace' };
  if (HOSTED.test(url)) return { level: 'release', why: 'a public repository' };
  if (RELEASES.test(url)) return { level: 'release', why: 'a public registry or release page' };
  return { level: 'named', why: 'a server that can change the code at any time' };
}
