/** Aliases of commands, as PowerShell 5.1 and 7 define them, in lower case. */
const ALIASES: Readonly<Record<string, string>> = {
  iex: 'invoke-expression',
  iwr: 'invoke-webrequest',
  curl: 'invoke-webrequest',
  wget: 'invoke-webrequest',
  irm: 'invoke-restmethod',
  icm: 'invoke-command',
  saps: 'start-process',
  start: 'start-process',
  ii: 'invoke-item',
  sajb: 'start-job',
  gc: 'get-content',
  cat: 'get-content',
  type: 'get-content',
  sc: 'set-content',
  ac: 'add-content',
  gci: 'get-childitem',
  ls: 'get-childitem',
  dir: 'get-childitem',
  gi: 'get-item',
  ni: 'new-item',
  md: 'new-item',
  mkdir: 'new-item',
  ri: 'remove-item',
  rm: 'remove-item',
  del: 'remove-item',
  rd: 'remove-item',
  rmdir: 'remove-item',
  erase: 'remove-item',
  cp: 'copy-item',
  copy: 'copy-item',
  cpi: 'copy-item',
  mv: 'move-item',
  move: 'move-item',
  mi: 'move-item',
  sp: 'set-itemproperty',
  gp: 'get-itemproperty',
  '%': 'foreach-object',
  foreach: 'foreach-object',
  '?': 'where-object',
  where: 'where-object',
  select: 'select-object',
  sort: 'sort-object',
  measure: 'measure-object',
  tee: 'tee-object',
  echo: 'write-output',
  write: 'write-output',
  gwmi: 'get-wmiobject',
  gcim: 'get-ciminstance',
  gps: 'get-process',
  ps: 'get-process',
  gcb: 'get-clipboard',
  sls: 'select-string',
  sal: 'set-alias',
  nal: 'new-alias',
  ipmo: 'import-module',
  sv: 'set-variable',
  gv: 'get-variable',
  set: 'set-variable',
  nv: 'new-variable',
  iwmi: 'invoke-wmimethod',
  gcm: 'get-command',
  gal: 'get-alias',
  sleep: 'start-sleep',
  oh: 'out-host',
  pwsh: 'powershell',
};

/** The full lower-case name of a command: aliases and modules resolved, `.exe` and directories taken off. */
export function commandName(raw: string): string {
  const text = raw
    .trim()
    .replace(/^["']|["']$/g, '')
    .toLowerCase();
  const name = (text.split(/[\\/]/).at(-1) ?? text).replace(/\.exe$/, '');
  if (text.endsWith('.exe')) return name === 'pwsh' ? 'powershell' : name;
  return Object.hasOwn(ALIASES, name) ? ALIASES[name]! : name;
}

/** Options of cmdlets that take no value. */
const SWITCHES: readonly string[] =
  'usebasicparsing force recurse passthru append wait nonewline disablekeepalive hidden file directory asplaintext raw verbose allusers nologo noprofile nop noni noninteractive noexit mta sta asjob nonewwindow runasadministrator skipcertificatecheck resume followrelloink clobber noclobber'.split(
    ' ',
  );

/** True when an option of a command, or the beginning of one, takes no value. */
export function isSwitch(name: string): boolean {
  return SWITCHES.some((s) => s === name || (name.length >= 4 && s.startsWith(name)));
}

/** A .NET type without `System.`, in lower case. */
export function typeName(raw: string): string {
  return raw
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/^system\./, '');
}

/** Places named by variables of the environment. */
export const PLACES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    userprofile: '~',
    home: '~',
    homepath: '~',
    onedrive: '~/OneDrive',
    appdata: '~/AppData/Roaming',
    localappdata: '~/AppData/Local',
    temp: '/tmp',
    tmp: '/tmp',
    programdata: 'C:/ProgramData',
    windir: 'C:\\Windows',
    systemroot: 'C:\\Windows',
    public: 'C:/Users/Public',
    comspec: 'C:\\WINDOWS\\system32\\cmd.exe',
    pshome: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0',
    profile: '~/Documents/PowerShell/Microsoft.PowerShell_profile.ps1',
    openclaw_state_dir: '~/.openclaw',
    systemdrive: 'C:',
    programfiles: 'C:/Program Files',
  }),
);
