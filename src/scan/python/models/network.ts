import { destination } from '../../data/hosts.ts';
import { CLOUD_CREDENTIALS, showPath } from '../../data/sensitive-paths.ts';
import { concatenate, constant, HOLE, join, NEVER, OPEN, stringsOf, tainted, type Value } from '../../flow/value.ts';
import { argument, type Call, type Model } from '../call.ts';
import type { Interpreter } from '../interpreter.ts';
import { flat, labelsOf } from '../../flow/compound.ts';
import { mixed, named, NOTHING, type PyValue, plain, UNKNOWN } from '../value.ts';

const METADATA_SERVICES = new Set(['169.254.169.254', 'metadata.google.internal', '169.254.170.2', '100.100.100.200']);

/** Records data that leaves, and gives the label of what comes back. */
function send(it: Interpreter, call: Call, api: string, url: Value, body: Value, headers: Value = NEVER): PyValue {
  it.program.send(call.pos, api, url, body, headers);
  const to = stringsOf(url)
    .map(destination)
    .find((d) => d.kind !== 'unknown');
  if (to && METADATA_SERVICES.has(to.host))
    return it.program.labelled(
      'credential-file',
      CLOUD_CREDENTIALS,
      call.pos,
      'asks the metadata service of the cloud machine',
    );
  const shown = to ? showPath(to.host) : 'a server';
  return it.program.labelled(
    'network',
    to?.kind === 'local' ? 'local' : shown,
    call.pos,
    `receives data from ${shown}`,
  );
}

/** Files that a program opened are sent with what they hold. */
function content(it: Interpreter, value: PyValue | undefined, pos: number): Value {
  if (!value) return NEVER;
  let out = flat(value);
  const archive = value.fields?.get('#path');
  if (archive) out = join(out, it.program.read(archive.value, pos));
  return { ...out, consts: [] };
}

/** `requests.post(url, data=…, json=…, headers=…)` and its relatives. */
const request =
  (place: number): Model =>
  (it, call) => {
    const url = argument(call, place, 'url') ?? UNKNOWN;
    let body: Value = NEVER;
    for (const name of ['data', 'json', 'files', 'params', 'content', 'body', 'fields'])
      body = join(body, content(it, call.keywords.get(name), call.pos));
    if (/\.(?:post|put|patch|request)$/.test(call.api)) body = join(body, content(it, call.args[place + 1], call.pos));
    const headers = join(
      flat(call.keywords.get('headers')),
      join(flat(call.keywords.get('auth')), flat(call.keywords.get('cookies'))),
    );
    return send(it, call, call.api, flat(url), body, headers);
  };

const request0 = request(0);
const request1 = request(1);

/** `urllib.request.Request(url, data, headers)`. */
const urlRequest: Model = (_it, call) =>
  named('urllib.request.Request()', {
    '#url': argument(call, 0, 'url') ?? UNKNOWN,
    '#data': argument(call, 1, 'data') ?? NOTHING,
    '#headers': argument(call, 2, 'headers') ?? NOTHING,
  });

const urlopen: Model = (it, call) => {
  const target = argument(call, 0, 'url') ?? UNKNOWN;
  const prepared = target.fields?.get('#url');
  const data = argument(call, 1, 'data') ?? target.fields?.get('#data');
  const added = target.fields?.get('#added');
  return send(
    it,
    call,
    'urllib.request.urlopen',
    flat(prepared ?? target),
    flat(data),
    join(flat(target.fields?.get('#headers')), flat(added)),
  );
};

const urlretrieve: Model = (it, call) => {
  const url = flat(argument(call, 0, 'url'));
  const result = send(it, call, call.api, url, NEVER);
  const target = argument(call, 1, 'filename') ?? argument(call, 1, 'out');
  const last = stringsOf(url)[0]?.split('/').at(-1) ?? HOLE;
  it.program.write(call.pos, call.api, target ? flat(target) : constant(last), result.value);
  return { value: tainted([]), items: [target ?? plain(constant(last)), UNKNOWN] };
};

const connection =
  (scheme: string): Model =>
  (_it, call) =>
    named('connection()', { '#url': plain(concatenate([constant(`${scheme}://`), flat(argument(call, 0, 'host'))])) });

const connectionRequest: Model = (it, call) => {
  const base = call.self?.fields?.get('#url') ?? UNKNOWN;
  const result = send(
    it,
    call,
    'http.client.request',
    concatenate([flat(base), flat(argument(call, 1, 'url'))]),
    flat(argument(call, 2, 'body')),
    flat(argument(call, 3, 'headers')),
  );
  call.self?.fields?.set('#response', result);
  return result;
};

const socket: Model = () => named('socket()', {});

function address(value: PyValue | undefined): Value {
  if (value?.items)
    return concatenate([flat(value.items[0]), constant(':'), value.items[1] ? flat(value.items[1]) : constant(HOLE)]);
  return value ? flat(value) : OPEN;
}

const connect: Model = (it, call) => {
  const to = address(argument(call, 0));
  call.self?.fields?.set('#to', plain(to));
  send(it, call, 'socket.connect', to, NEVER);
  return NOTHING;
};

const createConnection: Model = (it, call) => {
  const to = address(argument(call, 0));
  send(it, call, 'socket.create_connection', to, NEVER);
  return named('socket()', { '#to': plain(to) });
};

const receive: Model = (it, call) => {
  const to = stringsOf(call.self?.fields?.get('#to')?.value ?? OPEN)[0] ?? HOLE;
  const shown = to === HOLE ? 'the other end of a connection' : showPath(to);
  return it.program.labelled(
    'network',
    destination(to).kind === 'local' ? 'local' : shown,
    call.pos,
    `reads from ${shown}`,
  );
};

const sendData: Model = (it, call) => {
  const to = call.api.endsWith('sendto') ? address(argument(call, 1)) : (call.self?.fields?.get('#to')?.value ?? OPEN);
  it.program.send(call.pos, 'socket.send', to, { ...flat(call.args[0]), consts: [] });
  return NOTHING;
};

/** `smtplib.SMTP(host)`. */
const mailServer: Model = (_it, call) => named('smtp()', { '#to': argument(call, 0, 'host') ?? UNKNOWN });

const sendMail: Model = (it, call) => {
  it.program.send(call.pos, 'smtplib', flat(call.self?.fields?.get('#to')), { ...mixed(call.args).value, consts: [] });
  return NOTHING;
};

const ftp: Model = (_it, call) => named('ftp()', { '#to': argument(call, 0, 'host') ?? UNKNOWN });

const storeFtp: Model = (it, call) => {
  it.program.send(call.pos, 'ftplib', flat(call.self?.fields?.get('#to')), content(it, call.args[1], call.pos));
  return NOTHING;
};

const webSocket: Model = (it, call) => {
  const url = flat(argument(call, 0));
  const result = send(it, call, 'WebSocket', url, NEVER);
  return { ...named('socket()', { '#to': plain(url) }), self: result };
};

/** A name that is looked up can carry data. */
const lookup: Model = (it, call) => {
  const name = argument(call, 0);
  const labels = labelsOf(name).filter((t) => t.kind !== 'network' && t.kind !== 'param' && t.kind !== 'machine');
  if (name && labels.length > 0) it.program.send(call.pos, call.api, flat(name), tainted(labels));
  return UNKNOWN;
};

const addHeader: Model = (_it, call) => {
  call.self?.fields?.set('#added', mixed([call.self.fields.get('#added'), ...call.args]));
  return NOTHING;
};

/** `sftp.put(local, remote)`. */
const putFile: Model = (it, call) => {
  it.program.send(call.pos, 'sftp.put', OPEN, it.program.read(flat(argument(call, 0)), call.pos));
  return UNKNOWN;
};

/** Libraries that send messages of a service. */
function bots(): Record<string, Model> {
  const out: Record<string, Model> = {};
  const to =
    (host: string): Model =>
    (it, call) => {
      let body: Value = NEVER;
      for (const value of [...call.args, ...call.keywords.values()]) body = join(body, content(it, value, call.pos));
      it.program.send(call.pos, call.api, constant(`https://${host}`), body);
      return UNKNOWN;
    };
  for (const bot of ['telebot.TeleBot()', 'telegram.Bot()'])
    for (const what of ['message', 'document', 'photo']) out[`${bot}.send_${what}`] = to('api.telegram.org');
  out['discord_webhook.DiscordWebhook'] = to('discord.com');
  out['slack_sdk.WebClient().chat_postMessage'] = to('slack.com');
  out['slack_sdk.WebClient().files_upload_v2'] = to('slack.com');
  return out;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];

function clients(): Record<string, Model> {
  const out: Record<string, Model> = {};
  for (const library of ['requests', 'httpx', 'aiohttp', 'urllib3']) {
    for (const method of METHODS) out[`${library}.${method}`] = request0;
    out[`${library}.request`] = request1;
    out[`${library}.stream`] = request1;
  }
  return out;
}

/** Everything that sends or receives. */
export const NETWORK_MODELS: Readonly<Record<string, Model>> = {
  ...clients(),
  'urllib.request.Request': urlRequest,
  'urllib.request.Request().add_header': addHeader,
  'urllib.request.urlopen': urlopen,
  'urllib.request.urlretrieve': urlretrieve,
  'wget.download': urlretrieve,
  'http.client.HTTPSConnection': connection('https'),
  'http.client.HTTPConnection': connection('http'),
  'connection().request': connectionRequest,
  'connection().getresponse': (_it, call) => call.self?.fields?.get('#response') ?? UNKNOWN,
  'socket.socket': socket,
  'socket.create_connection': createConnection,
  'socket().connect': connect,
  'socket().connect_ex': connect,
  'socket().recv': receive,
  'socket().recvfrom': receive,
  'socket().makefile': receive,
  'socket().send': sendData,
  'socket().sendall': sendData,
  'socket().sendto': sendData,
  'ssl.wrap_socket': (_it, call) => call.args[0] ?? UNKNOWN,
  'smtplib.SMTP': mailServer,
  'smtplib.SMTP_SSL': mailServer,
  'smtp().sendmail': sendMail,
  'smtp().send_message': sendMail,
  'ftplib.FTP': ftp,
  'ftplib.FTP_TLS': ftp,
  'ftp().storbinary': storeFtp,
  'ftp().storlines': storeFtp,
  'websocket.create_connection': webSocket,
  'websockets.connect': webSocket,
  'websocket.WebSocketApp': webSocket,
  ...bots(),
  'paramiko.SFTPClient.from_transport().put': putFile,
  'paramiko.SSHClient().open_sftp().put': putFile,
  'scp.SCPClient().put': putFile,
  'socket.gethostbyname': lookup,
  'socket.getaddrinfo': lookup,
  'dns.resolver.resolve': lookup,
  'dns.resolver.query': lookup,
};
