import type { Severity } from '../../core/severity.ts';
import { decodeBase64 } from '../encodings.ts';
import { snippet } from '../findings.ts';
import { concatenate, constant, OPEN, PACKAGE, stringsOf, wholeStrings, withTaints } from '../flow/value.ts';
import type { Cmdlet } from './call.ts';
import { runText } from './code.ts';
import { decodedText } from './dotnet.ts';
import { flat } from '../flow/compound.ts';
import { NOTHING, plain, UNKNOWN } from './value.ts';
import { bitsadmin, certutil, cmd, remoteScript } from './windows-programs.ts';
import { lineOf, text } from './words.ts';

interface Rule {
  readonly rule: string;
  readonly severity: Severity;
  readonly when: RegExp;
  readonly message: string;
}

/** A command that is judged by its arguments. The first rule that fits counts. */
function judged(...rules: readonly Rule[]): Cmdlet {
  return (call) => {
    const line = lineOf(call);
    const found = rules.find((r) => r.when.test(line));
    if (found)
      call.runner.session.report(found.rule, found.severity, `${found.message}: ${snippet(`${call.name} ${line}`)}.`, [
        call.runner.session.step(call.pos, `run as ${call.name}`),
      ]);
    return UNKNOWN;
  };
}

const RUN_KEYS =
  /\\CurrentVersion\\(?:Run|RunOnce|RunServices|Policies\\Explorer\\Run|Winlogon|Image File Execution Options)|\\Environment\\UserInitMprLogonScript|\\Windows NT\\CurrentVersion\\Windows\b.*\b(?:Load|AppInit_DLLs)/i;
/** Keys that make one program run in the place of another. */
const HIJACK_KEYS = /\\Classes\\(?:CLSID\\.*\\(?:InprocServer32|LocalServer32)|[\w.-]+\\Shell\\Open\\command)/i;
const DEFENDER_KEYS =
  /Windows Defender.*(?:Disable|Exclusions)|Policies\\System.*EnableLUA|DisableAntiSpyware|ScriptBlockLogging|\\AMSI\b/i;

/** Values of the registry that Windows starts programs by, or that hold protections. */
export const registry = judged(
  {
    rule: 'persistence',
    severity: 'critical',
    when: RUN_KEYS,
    message: 'Adds a program to what Windows starts by itself',
  },
  {
    rule: 'persistence',
    severity: 'critical',
    when: HIJACK_KEYS,
    message: 'Puts a program in the place of another one',
  },
  {
    rule: 'protection-off',
    severity: 'warn',
    when: /fDenyTSConnections.*\b0\b/i,
    message: 'Opens this machine for remote control',
  },
  {
    rule: 'protection-off',
    severity: 'critical',
    when: DEFENDER_KEYS,
    message: 'Switches a protection of Windows off in the registry',
  },
);

const registryTool: Cmdlet = (call) => {
  const line = lineOf(call);
  if (/^(?:.*\s)?save\s+"?HK(?:LM|EY_LOCAL_MACHINE)\\(?:sam|security|system)/i.test(line)) {
    call.runner.session.report(
      'credential-exfiltration',
      'critical',
      'Copies the password hashes of Windows out of the registry.',
      [call.runner.session.step(call.pos, 'run as reg')],
    );
    return UNKNOWN;
  }
  return /\badd\b/i.test(line) ? registry(call) : UNKNOWN;
};

const EXCLUDES = {
  rule: 'protection-off',
  severity: 'critical',
  when: /-exclusion(?:path|process|extension|ipaddress)/i,
  message: 'Keeps Windows Defender from looking at files',
} as const;

const defender = judged(EXCLUDES, {
  rule: 'protection-off',
  severity: 'critical',
  when: /-disable\w+ (?:true|1|\uE000|)|-(?:mapsreporting|submitsamplesconsent|puaprotection) (?:0|2|disabled|never)/i,
  message: 'Switches Windows Defender off',
});

const executionPolicy = judged(
  {
    rule: 'protection-off',
    severity: 'info',
    when: /-sc\w* process/i,
    message: 'Lets scripts run without a signature in this process',
  },
  {
    rule: 'protection-off',
    severity: 'warn',
    when: /bypass|unrestricted/i,
    message: 'Lets every script run on this machine from now on, signed or not',
  },
);

/** What a scheduled task will run. */
const taskAction: Cmdlet = (call) => {
  const { runner, args, pos } = call;
  const program = args.named.get('execute') ?? args.rest[0];
  const given = args.named.get('argument') ?? args.rest[1];
  const line = concatenate([program ? flat(program) : OPEN, constant(' '), given ? flat(given) : constant('')]);
  const before = runner.session.findings.length;
  runText(runner, { value: line }, pos, 'run by a scheduled task', 'command');
  const bad = runner.session.findings.slice(before).some((f) => f.severity !== 'info');
  if (bad)
    runner.session.report('persistence', 'critical', 'Schedules a task that downloads or hides what it runs.', [
      runner.session.step(pos, `run as ${call.name}`),
    ]);
  return plain({ ...OPEN, consts: stringsOf(line) });
};

/** A task for a script of the package is what such a script is for; one for something else is worth a look. */
const task: Cmdlet = (call) => {
  const action = call.args.named.get('action') ?? call.args.rest.find((r) => r.value.consts.length > 0);
  const own = action !== undefined && stringsOf(action.value).some((t) => t.includes(PACKAGE));
  call.runner.session.report(
    'persistence',
    own ? 'info' : 'warn',
    `Schedules a task that runs later by itself: ${snippet(lineOf(call))}.`,
    [call.runner.session.step(call.pos, `run as ${call.name}`)],
  );
  return UNKNOWN;
};

const tasks: Cmdlet = (call) => {
  const line = lineOf(call);
  if (!/(?:^|\s)-?\/?create\b/i.test(line)) return UNKNOWN;
  const bad = /powershell|cmd(?:\.exe)? |mshta|wscript|https?:|-enc|\\Temp\\|\/tmp\//i.test(line);
  call.runner.session.report(
    'persistence',
    bad ? 'critical' : 'warn',
    `Schedules a task that runs later by itself: ${snippet(line)}.`,
    [call.runner.session.step(call.pos, 'run as schtasks')],
  );
  return UNKNOWN;
};

const remove: Cmdlet = (call) => {
  const path = call.args.named.get('path') ?? call.args.named.get('literalpath') ?? call.args.rest[0];
  const place = path
    ? text(path)
        .replaceAll('\\', '/')
        .replace(/\/\*?$/, '')
    : '';
  const deep =
    [...call.args.named.keys()].some((k) => /^r(?:e|$)/.test(k) && 'recurse'.startsWith(k)) ||
    call.args.named.has('s') ||
    /-rf?\b/i.test(call.args.line);
  if (
    deep &&
    /^(?:~|[A-Z]:|[A-Z]:\/(?:Users|Windows)|~\/(?:Documents|Desktop|Pictures|\.openclaw)|\/|\/home)?$/i.test(place) &&
    place !== ''
  ) {
    call.runner.session.report('destructive-delete', 'critical', `Deletes ${snippet(place)} with everything in it.`, [
      call.runner.session.step(call.pos, `run as ${call.name}`),
    ]);
  }
  return NOTHING;
};

const DANGEROUS_CODE =
  /VirtualAlloc|WriteProcessMemory|CreateRemoteThread|CreateThread|NtCreateThreadEx|QueueUserAPC|RtlMoveMemory/;

const addType: Cmdlet = (call) => {
  const code = [...call.args.named.values(), ...call.args.rest].map((v) => wholeStrings(v.value)[0] ?? '').join('\n');
  const step = [call.runner.session.step(call.pos, 'compiled with Add-Type')];
  if (/DllImport/i.test(code) && DANGEROUS_CODE.test(code))
    call.runner.session.report(
      'process-injection',
      'critical',
      'Calls functions of Windows that put machine code into memory and run it.',
      step,
    );
  else if (/AmsiScanBuffer|amsi\.dll/i.test(code))
    call.runner.session.report(
      'protection-off',
      'critical',
      'Switches off the scan of scripts for malware (AMSI) inside of PowerShell.',
      step,
    );
  else if (/GetAsyncKeyState|SetWindowsHookEx/.test(code))
    call.runner.session.report('input-capture', 'warn', 'Listens to every key that is pressed on this machine.', step);
  return UNKNOWN;
};

const secretStore =
  (what: string): Cmdlet =>
  ({ runner, pos, name }) =>
    runner.session.labelled('credential-file', what, pos, `asks ${name}`);

const wlan: Cmdlet = (call) => {
  const line = lineOf(call);
  if (/wlan\b.*key=clear/i.test(`${line} ${call.args.line}`))
    return call.runner.session.labelled(
      'credential-file',
      'stored passwords',
      call.pos,
      'asks for the passwords of wireless networks',
    );
  if (/advfirewall\b.*\bstate\b.*\boff/i.test(line) || /firewall\b.*opmode\b.*disable/i.test(line)) {
    call.runner.session.report('protection-off', 'warn', 'Switches the firewall off.', [
      call.runner.session.step(call.pos, 'run as netsh'),
    ]);
  }
  return UNKNOWN;
};

const dump = judged({
  rule: 'credential-exfiltration',
  severity: 'critical',
  when: /^|./,
  message: 'Runs a tool that takes passwords out of Windows',
});
const clearLog = judged({
  rule: 'trace-removal',
  severity: 'warn',
  when: /./,
  message: 'Deletes what the system has recorded',
});
/** Services that protect Windows. */
const guardService = judged({
  rule: 'protection-off',
  severity: 'critical',
  when: /\b(?:WinDefend|WdNisSvc|Sense|MpsSvc|wscsvc|SecurityHealthService|EventLog)\b/i,
  message: 'Stops a service that protects Windows',
});
const lsass = judged({
  rule: 'credential-exfiltration',
  severity: 'critical',
  when: /lsass/i,
  message: 'Copies the passwords that Windows holds in memory',
});
const service = judged({
  rule: 'persistence',
  severity: 'warn',
  when: /./,
  message: 'Makes a service that starts by itself',
});

const invokeCommand: Cmdlet = (call) => {
  const block = call.args.named.get('scriptblock') ?? call.args.rest.find((r) => r.value.apis.includes('object:code'));
  return block?.value.apis.includes('object:code')
    ? runText(call.runner, block, call.pos, `run with ${call.name}`)
    : UNKNOWN;
};

const fromBase64: Cmdlet = ({ runner, args, input, pos }) => {
  const value = args.rest[0] ?? input ?? UNKNOWN;
  const code = decodedText(decodeBase64(wholeStrings(value.value)[0] ?? ''));
  return plain(
    withTaints(code === undefined ? flat(value) : constant(code), [
      runner.session.taint('decoded', 'base64', pos, 'decodes a hidden text'),
    ]),
  );
};

/** Commands that change how Windows behaves, take its secrets, or run what others made. */
export const SYSTEM_COMMANDS: Readonly<Record<string, Cmdlet>> = {
  'set-mppreference': defender,
  'add-mppreference': judged(EXCLUDES),
  'set-executionpolicy': executionPolicy,
  'new-itemproperty': registry,
  'set-itemproperty': registry,
  reg: registryTool,
  'new-scheduledtaskaction': taskAction,
  'register-scheduledtask': task,
  'register-scheduledjob': task,
  schtasks: tasks,
  'new-service': service,
  'stop-service': guardService,
  'set-service': guardService,
  sc: guardService,
  msiexec: remoteScript,
  'out-minidump': dump,
  procdump: lsass,
  procdump64: lsass,
  'set-wmiinstance': judged({
    rule: 'persistence',
    severity: 'critical',
    when: /__EventFilter|CommandLineEventConsumer|ActiveScriptEventConsumer|FilterToConsumerBinding/i,
    message: 'Has Windows run something at an event',
  }),
  'set-netfirewallprofile': judged({
    rule: 'protection-off',
    severity: 'warn',
    when: /-enabled (?:false|0)/i,
    message: 'Switches the firewall off',
  }),
  'uninstall-windowsfeature': judged({
    rule: 'protection-off',
    severity: 'warn',
    when: /defender/i,
    message: 'Removes Windows Defender',
  }),
  'add-localgroupmember': judged({
    rule: 'persistence',
    severity: 'warn',
    when: /admin/i,
    message: 'Gives a user the rights of an administrator',
  }),
  'new-localuser': judged({ rule: 'persistence', severity: 'warn', when: /./, message: 'Adds a user to the system' }),
  net: judged({
    rule: 'persistence',
    severity: 'warn',
    when: /\b(?:user|localgroup)\b.*-add/i,
    message: 'Adds a user to the system, or gives one more rights',
  }),
  cmd,
  certutil,
  bitsadmin,
  mshta: remoteScript,
  regsvr32: remoteScript,
  rundll32: remoteScript,
  wmic: judged({
    rule: 'destructive-delete',
    severity: 'critical',
    when: /shadowcopy.*delete/i,
    message: 'Deletes the backups of Windows',
  }),
  vssadmin: judged({
    rule: 'destructive-delete',
    severity: 'critical',
    when: /delete\s+shadows/i,
    message: 'Deletes the backups of Windows',
  }),
  'remove-item': remove,
  'format-volume': judged({ rule: 'destructive-delete', severity: 'critical', when: /./, message: 'Erases a disk' }),
  'clear-disk': judged({ rule: 'destructive-delete', severity: 'critical', when: /./, message: 'Erases a disk' }),
  'clear-eventlog': clearLog,
  'clear-history': judged({
    rule: 'trace-removal',
    severity: 'info',
    when: /^|./,
    message: 'Deletes the shell history',
  }),
  wevtutil: judged({
    rule: 'trace-removal',
    severity: 'warn',
    when: /\b(?:cl|clear-log)\b/i,
    message: 'Deletes what the system has recorded',
  }),
  'add-type': addType,
  cmdkey: judged({
    rule: 'credential-exfiltration',
    severity: 'info',
    when: /list/i,
    message: 'Lists the stored credentials',
  }),
  vaultcmd: secretStore('the system keychain'),
  'get-storedcredential': secretStore('the system keychain'),
  'get-vaultcredential': secretStore('the system keychain'),
  'get-secret': secretStore('a password manager'),
  netsh: wlan,
  'invoke-mimikatz': dump,
  mimikatz: dump,
  'invoke-command': invokeCommand,
  'start-job': invokeCommand,
  'convertfrom-base64': fromBase64,
};
