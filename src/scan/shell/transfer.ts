import {
  constant,
  constStrings,
  HOLE,
  join,
  joinAll,
  NEVER,
  OPEN,
  stringsOf,
  tainted,
  type Value,
  withTaints,
} from '../flow/value.ts';
import { hasFlag, splitArguments, valuesOf } from './options.ts';
import { plainPath, type Shell } from './shell.ts';

type Program = (shell: Shell, args: readonly Value[], input: Value, pos: number, name: string) => Value;

const CURL_VALUES = new Set(
  '-d --data --data-binary --data-raw --data-urlencode --data-ascii --json -F --form --form-string -T --upload-file -H --header -u --user -X --request -o --output -A --user-agent -e --referer -x --proxy -b --cookie -c --cookie-jar -m --max-time --connect-timeout --retry -w --write-out -K --config --url -E --cert --key --cacert -r --range -C --continue-at -Y -y -z -Q -P --resolve --interface --retry-delay --limit-rate --oauth2-bearer --proto --proto-default --proto-redir --tls-max --max-redirs --retry-max-time'.split(
    ' ',
  ),
);
const WGET_VALUES = new Set(
  '-O --output-document --post-data --post-file --body-data --body-file --header -o --output-file -P --directory-prefix -U --user-agent -t --tries -T --timeout --method --user --password -i --input-file -e'.split(
    ' ',
  ),
);
const BODY = [
  '-d',
  '--data',
  '--data-binary',
  '--data-raw',
  '--data-urlencode',
  '--data-ascii',
  '--json',
  '-F',
  '--form',
  '-T',
  '--upload-file',
  '--post-data',
  '--body-data',
];

/** `@file`, `name=@file`, `@-`: the content is sent, not the name. */
function bodyPart(shell: Shell, value: Value, input: Value, pos: number, isFile: boolean): Value {
  let out: Value = tainted(value.taints);
  for (const text of stringsOf(value)) {
    const file = isFile ? text : /(?:^|=)[@<]([^;]+)/.exec(text)?.[1];
    if (file === undefined) continue;
    out = join(out, file === '-' ? input : shell.readFile(constant(file), pos));
  }
  return out;
}

function urlsOf(values: readonly Value[]): Value {
  let url = joinAll(values);
  url = {
    ...url,
    consts: url.consts.map((c) =>
      /^[a-z][\w+.-]*:/i.test(String(c)) || String(c).startsWith(HOLE) ? c : `http://${String(c)}`,
    ),
  };
  return url;
}

/** What a download gives: a label for each address. */
function downloaded(shell: Shell, url: Value, pos: number): Value {
  const urls = stringsOf(url);
  return tainted(urls.map((u) => shell.taint('network', u, pos, 'downloads')));
}

const curl: Program = (shell, args, input, pos, name) => {
  const split = splitArguments(args, CURL_VALUES);
  const url = urlsOf([...split.rest, ...valuesOf(split, ['--url'])]);
  if (url === NEVER) return OPEN;
  let body: Value = NEVER;
  for (const option of BODY)
    for (const v of valuesOf(split, [option]))
      body = join(body, bodyPart(shell, v, input, pos, option === '-T' || option === '--upload-file'));
  const headers = tainted(
    shell.labels(valuesOf(split, ['-H', '--header', '-u', '--user', '-b', '--cookie', '--oauth2-bearer'])),
  );
  shell.send(pos, name, url, headers, body);
  const result = downloaded(shell, url, pos);
  const outputs = valuesOf(split, ['-o', '--output']);
  if (outputs.length > 0 && !outputs.every((o) => stringsOf(o).includes('-'))) {
    for (const path of outputs) shell.writeFile(pos, name, path, result, false);
    return NEVER;
  }
  if (hasFlag(split, ['-O', '--remote-name'])) {
    for (const u of constStrings(url)) shell.writeFile(pos, name, constant(lastName(u)), result, false);
    return NEVER;
  }
  return result;
};

function lastName(url: string): string {
  return (
    url
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) || 'index.html'
  );
}

const wget: Program = (shell, args, input, pos, name) => {
  const split = splitArguments(args, WGET_VALUES);
  const url = urlsOf(split.rest);
  if (url === NEVER) return OPEN;
  let body: Value = joinAll(valuesOf(split, ['--post-data', '--body-data']).map((v) => tainted(v.taints)));
  for (const v of valuesOf(split, ['--post-file', '--body-file']))
    body = join(body, bodyPart(shell, v, input, pos, true));
  shell.send(pos, name, url, tainted(shell.labels(valuesOf(split, ['--header', '--user', '--password']))), body);
  const result = downloaded(shell, url, pos);
  const outputs = valuesOf(split, ['-O', '--output-document']);
  if (outputs.some((o) => stringsOf(o).some((s) => s === '-' || s === '/dev/stdout'))) return result;
  if (outputs.length > 0) for (const path of outputs) shell.writeFile(pos, name, path, result, false);
  else for (const u of constStrings(url)) shell.writeFile(pos, name, constant(lastName(u)), result, false);
  return NEVER;
};

/** `nc host port`, `socat`, `telnet`, `openssl s_client`. */
const netcat: Program = (shell, args, input, pos, name) => {
  const texts = args.map((a) => stringsOf(a)[0] ?? '');
  const runs = texts.findIndex((t) => /^-\w*[ec]$|^--(?:exec|sh-exec)/.test(t));
  const listens = texts.some((t) => /^-\w*l/.test(t) || t === '--listen');
  const split = splitArguments(
    args,
    new Set(['-e', '-c', '-p', '-w', '-s', '--exec', '--sh-exec', '-i', '-q', '-connect', '-X', '-x']),
  );
  let peer = split.rest
    .map((r) => stringsOf(r)[0] ?? HOLE)
    .filter((t) => t !== 's_client')
    .join(':');
  const socat = /(?:TCP|UDP|OPENSSL|TCP4|tcp|openssl)[\w-]*:([^,\s]+)/.exec(texts.join(' '));
  if (socat) peer = socat[1]!;
  const connect = texts.indexOf('-connect');
  if (connect >= 0) peer = texts[connect + 1] ?? peer;
  const url = constant(peer || HOLE);
  const shellGiven =
    (runs >= 0 && name !== 'telnet' && name !== 'openssl') || texts.some((t) => /(?:EXEC|SYSTEM):/i.test(t));
  if (shellGiven && !(listens && name === 'socat' && !/EXEC|SYSTEM/i.test(texts.join(' ')))) {
    const taint = shell.taint('shell-output', '', pos, `${name} starts a shell on the connection`);
    shell.send(pos, name, listens ? constant('a client that connects') : url, NEVER, tainted([taint]));
    return OPEN;
  }
  shell.send(pos, name, url, NEVER, input);
  return tainted([shell.taint('network', peer, pos, `reads from ${name}`)]);
};

/** Programs that copy files to other machines. */
const copyAway: Program = (shell, args, input, pos, name) => {
  const split = splitArguments(
    args,
    new Set(['-i', '-P', '-p', '-e', '-o', '-F', '--rsh', '--exclude', '--profile', '--region']),
  );
  const texts = split.rest.map((r) => stringsOf(r)[0] ?? HOLE);
  const remote = texts.find((t) => /^(?:[\w.-]+@)?[\w.\uE000-]+:(?!\\)/.test(t) || /^[a-z0-9]+:\/\//i.test(t));
  if (!remote || texts.indexOf(remote) === 0) return OPEN;
  let body: Value = input;
  for (const value of split.rest) if (!stringsOf(value).includes(remote)) body = join(body, shell.readFile(value, pos));
  const host = remote.replace(/^[\w.-]+@/, '');
  shell.send(pos, name, constant(/^[a-z0-9]+:\/\//i.test(host) ? host : host.replace(/:.*$/s, '')), NEVER, {
    ...body,
    taints: body.taints.filter((t) => t.kind !== 'file'),
  });
  return OPEN;
};

/** Names that are asked for can carry data. */
const lookup: Program = (shell, args, _input, pos, name) => {
  for (const value of args) {
    if (value.taints.length > 0) shell.send(pos, name, value, NEVER, tainted(value.taints));
  }
  return OPEN;
};

const mail: Program = (shell, args, input, pos, name) => {
  const split = splitArguments(args, new Set(['-s', '-a', '-A', '-r', '-c', '-b', '-q', '-f']));
  let body = join(input, tainted(shell.labels(args)));
  for (const value of valuesOf(split, ['-a', '-A', '-q'])) body = join(body, shell.readFile(value, pos));
  const to = stringsOf(split.rest.at(-1) ?? NEVER)[0] ?? HOLE;
  shell.send(pos, name, constant(to.includes('@') ? to.replace(/^.*@/, '') : HOLE), NEVER, body);
  return OPEN;
};

/** `gh gist create`, `aws s3 cp`. */
const cloud: Program = (shell, args, input, pos, name) => {
  const texts = args.map((a) => stringsOf(a)[0] ?? '');
  const gist = name === 'gh' && texts[0] === 'gist' && texts[1] === 'create';
  const up = name === 'aws' && texts[0] === 's3' && (texts[1] === 'cp' || texts[1] === 'sync');
  if (up) return copyAway(shell, args.slice(2), input, pos, name);
  if (gist) {
    let body = input;
    for (const value of args.slice(2)) body = join(body, shell.readFile(value, pos));
    shell.send(pos, 'gh gist create', constant('gist.github.com'), NEVER, body);
    return OPEN;
  }
  if (name === 'gcloud' && texts.includes('auth') && texts.some((t) => /^print-(?:access|identity)-token$/.test(t)))
    return tainted([shell.taint('env-secret', 'GOOGLE_ACCESS_TOKEN', pos, 'asks gcloud for its token')]);
  if (name === 'aws' && texts[0] === 'configure' && (texts[1] === 'get' || texts[1] === 'export-credentials'))
    return tainted([shell.taint('env-secret', 'AWS_SECRET_ACCESS_KEY', pos, 'asks aws for its key')]);
  if (name === 'gh' && texts[0] === 'auth' && texts[1] === 'token')
    return tainted([shell.taint('env-secret', 'GITHUB_TOKEN', pos, 'asks gh for its token')]);
  return OPEN;
};

/** `git push url`: what was copied into the working directory goes there. */
function push(shell: Shell, url: Value | undefined, pos: number): Value {
  let body: Value = NEVER;
  for (const [path, content] of shell.files) if (!/^[/~]/.test(path)) body = join(body, content);
  const kept = body.taints.filter((t) => t.kind === 'credential-file' || t.kind === 'env-all');
  if (kept.length > 0) shell.send(pos, 'git push', url ?? OPEN, NEVER, tainted(kept));
  return OPEN;
}

/** `git clone url directory`: everything below the directory comes from there. */
const git: Program = (shell, args, _input, pos, name) => {
  const split = splitArguments(
    args,
    new Set(['-b', '--branch', '-c', '--depth', '-o', '-C', '-j', '--config', '--reference', '--origin']),
  );
  const [verb, url, target] = split.rest;
  if (stringsOf(verb ?? NEVER).includes('push')) return push(shell, url, pos);
  if (!url || !stringsOf(verb ?? NEVER).includes('clone')) return OPEN;
  for (const address of constStrings(url)) {
    const inside = target ? constStrings(target) : [lastName(address).replace(/\.git$/, '')];
    const content = tainted([shell.taint('network', address, pos, `cloned with ${name}`)]);
    for (const directory of inside) shell.cloned.set(plainPath(directory).replace(/\/$/, ''), content);
  }
  return OPEN;
};

/** Programs that move data over the network. */
export const TRANSFER_PROGRAMS: Readonly<Record<string, Program>> = {
  curl,
  wget,
  nc: netcat,
  ncat: netcat,
  netcat,
  socat: netcat,
  telnet: netcat,
  openssl: (shell, args, input, pos, name) =>
    stringsOf(args[0] ?? NEVER)[0] === 's_client'
      ? netcat(shell, args, input, pos, name)
      : opensslEncoding(shell, args, input, pos),
  git,
  scp: copyAway,
  rsync: copyAway,
  sftp: copyAway,
  rclone: (shell, args, input, pos, name) => copyAway(shell, args.slice(1), input, pos, name),
  aws: cloud,
  gh: cloud,
  gcloud: cloud,
  dig: lookup,
  nslookup: lookup,
  host: lookup,
  ping: lookup,
  mail,
  mailx: mail,
  mutt: mail,
  sendmail: mail,
  ssh: (shell, args, input, pos, name) => {
    const host = args.map((a) => stringsOf(a)[0] ?? '').find((t) => t !== '' && !t.startsWith('-'));
    if (input.taints.length > 0) shell.send(pos, name, constant((host ?? HOLE).replace(/^.*@/, '')), NEVER, input);
    return OPEN;
  },
};

function opensslEncoding(shell: Shell, args: readonly Value[], input: Value, pos: number): Value {
  const texts = args.map((a) => stringsOf(a)[0] ?? '');
  const decodes = texts.includes('-d') && (texts[0] === 'enc' || texts[0] === 'base64');
  return decodes
    ? withTaints(tainted(input.taints), [shell.taint('decoded', 'openssl', pos, 'decodes a hidden text')])
    : input;
}
