import type { CallSite, Machine } from '../../flow/machine.ts';
import { elementsOf } from '../../flow/members.ts';
import {
  arg,
  callBack,
  fresh,
  lastFunction,
  type Model,
  type Models,
  mixed,
  option,
  send,
  through,
} from '../../flow/model.ts';
import {
  api,
  concatenate,
  constant,
  constants,
  HOLE,
  join,
  joinAll,
  NEVER,
  object,
  OPEN,
  stringsOf,
  tainted,
  type Value,
  withTaints,
} from '../../flow/value.ts';

/** The text of an address: of a string, a `URL` object, or anything else. */
export function addressOf(machine: Machine, value: Value): Value {
  let out: Value = { ...value, objects: [] };
  for (const obj of value.objects) out = join(out, obj.noted(machine.round, 'href'));
  return withTaints(out, machine.deep(value));
}

/** The address in the options of `http.request`. */
function addressOfOptions(machine: Machine, site: CallSite, options: Value): Value {
  if (options.objects.length === 0) return addressOf(machine, options);
  const href = options.objects.map((o) => o.noted(machine.round, 'href'));
  if (href.some((h) => h !== NEVER)) return addressOf(machine, options);
  const get = (name: string): Value => option(machine, site, options, name);
  const host = joinAll([get('hostname'), get('host')]);
  const port = get('port');
  const parts = [constant('https://'), host === NEVER ? OPEN : host];
  if (port !== NEVER) parts.push(constant(':'), port);
  const path = get('path');
  parts.push(path === NEVER ? constant('/') : path);
  return concatenate(parts);
}

/** Everything in the options that is sent as data. */
function bodyOfOptions(machine: Machine, site: CallSite, options: Value, names: readonly string[]): Value {
  if (options.objects.length === 0) return tainted(options.taints);
  return mixed(
    machine,
    site,
    names.map((n) => option(machine, site, options, n)),
    `sent by ${site.name}()`,
  );
}

const BODY_FIELDS = [
  'body',
  'data',
  'json',
  'form',
  'formData',
  'query',
  'qs',
  'params',
  'searchParams',
  'payload',
  'multipart',
  'attachments',
  'text',
  'html',
  'content',
  'variables',
];

function headersOf(machine: Machine, site: CallSite, options: Value): Value {
  return mixed(
    machine,
    site,
    ['headers', 'auth', 'token', 'authorization', 'username', 'password'].map((n) => option(machine, site, options, n)),
    `sent as a header by ${site.name}()`,
  );
}

const fetchModel: Model = (machine, site, name) => {
  const [target, options] = [arg(site, 0), arg(site, 1)];
  const requests = target.objects.filter((o) => o.api === 'Request');
  let url = addressOf(machine, target);
  let headers = headersOf(machine, site, options);
  let body = bodyOfOptions(machine, site, options, BODY_FIELDS);
  for (const request of requests) {
    url = join(url, request.noted(machine.round, 'href'));
    headers = join(headers, request.noted(machine.round, 'headers'));
    body = join(body, request.noted(machine.round, 'body'));
  }
  return send(machine, site, { api: name, url, headers, body });
};

/** `axios`-like clients: the configuration may be the only argument. */
function clientModel(method: string): Model {
  return (machine, site, name) => {
    let url = arg(site, 0);
    let options = arg(site, 1);
    let data: Value = NEVER;
    if (method === 'post' || method === 'put' || method === 'patch') {
      data = arg(site, 1);
      options = arg(site, 2);
    }
    if (url.objects.length > 0 && url.objects.every((o) => o.api === undefined)) {
      options = url;
      url = joinAll([option(machine, site, options, 'url'), option(machine, site, options, 'uri')]);
      const base = option(machine, site, options, 'baseURL');
      if (base !== NEVER) url = url === NEVER ? base : concatenate([base, url]);
    }
    const body = mixed(
      machine,
      site,
      [data, bodyOfOptions(machine, site, options, BODY_FIELDS)],
      `sent by ${site.name}()`,
    );
    const result = send(machine, site, {
      api: name,
      url: addressOf(machine, url),
      headers: headersOf(machine, site, options),
      body,
    });
    callBack(machine, site, lastFunction(site), [OPEN, result, result]);
    return result;
  };
}

const VERBS = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'head',
  'request',
  'stream',
  'json',
  'postForm',
  'put',
  'options',
  'del',
]);
/** Packages whose default export, or verbs of it, send a request. */
export const CLIENTS: ReadonlySet<string> = new Set([
  'axios',
  'got',
  'request',
  'ky',
  'needle',
  'phin',
  'bent',
  'superagent',
  'wretch',
  'ofetch',
  'undici',
  'request-promise',
  'request-promise-native',
  'centra',
  'make-fetch-happen',
  'minipass-fetch',
  'redaxios',
  'gaxios',
  '@actions/http-client',
]);

/** The model of a call into an HTTP client library, if the name is one. */
export function networkLibrary(name: string): Model | undefined {
  const dot = name.indexOf('.');
  const root = dot < 0 ? name : name.slice(0, dot);
  if (!CLIENTS.has(root)) return undefined;
  const last = dot < 0 ? '' : name.slice(name.lastIndexOf('.') + 1);
  if (last === 'create' || last === 'extend' || last === 'defaults' || last === 'instance')
    return (_m, site) => withTaints(api(root), arg(site, 0).taints.slice(0, 0));
  if (root === 'superagent' && VERBS.has(last)) return chainModel;
  if (last === 'ofetch' || last === '$fetch' || last === 'fetch') return fetchModel;
  if (root === 'needle' && (last === '' || last === 'request'))
    return (m, s, n) => clientModel('post')(m, { ...s, args: s.args.slice(1) }, n);
  if (last === '' || VERBS.has(last))
    return clientModel(root === 'axios' || root === 'needle' || root === 'redaxios' ? last : '');
  return undefined;
}

/** superagent: the request is an object whose methods add to what is sent. */
const chainModel: Model = (machine, site) => {
  const obj = machine.object(site.frame, site.node, 'object', 'superagent.Request');
  obj.note(machine.round, 'url', addressOf(machine, arg(site, 0)));
  const result = send(machine, site, {
    api: 'superagent',
    url: addressOf(machine, arg(site, 0)),
    headers: NEVER,
    body: NEVER,
  });
  return { ...result, objects: [obj] };
};

function chainPart(kind: 'headers' | 'body'): Model {
  return (machine, site) => {
    const self = site.self.objects[0];
    const url = self?.noted(machine.round, 'url') ?? OPEN;
    const data = mixed(machine, site, site.args, `sent by ${site.name}()`);
    send(machine, site, {
      api: 'superagent',
      url,
      headers: kind === 'headers' ? data : NEVER,
      body: kind === 'body' ? data : NEVER,
    });
    return site.self;
  };
}

/** `http.request(url | options, options?, callback?)`; the request is an object that takes the body. */
const requestModel: Model = (machine, site, name) => {
  const first = arg(site, 0);
  const second = arg(site, 1);
  let url = addressOfOptions(machine, site, first);
  const options = first.objects.some((o) => o.api === undefined) ? first : second;
  if (name.startsWith('http.'))
    url = {
      ...url,
      consts: url.consts.map((c) =>
        String(c).replace(/^https:\/\//, (p) => (first.objects.length > 0 ? 'http://' : p)),
      ),
    };
  const headers = headersOf(machine, site, options);
  const result = send(machine, site, { api: name, url, headers, body: NEVER });
  callBack(machine, site, lastFunction(site), [result]);
  const obj = machine.object(site.frame, site.node, 'object', 'http.ClientRequest');
  obj.note(machine.round, 'url', url);
  obj.note(machine.round, 'data', result);
  return { ...result, objects: [obj] };
};

/** A method that sends its arguments to where its object is connected. */
export function sendOn(kind: 'headers' | 'body' = 'body'): Model {
  return (machine, site, name) => {
    const data = mixed(machine, site, site.args, `sent by ${site.name || name}()`);
    for (const obj of site.self.objects) {
      const url = obj.noted(machine.round, 'url');
      const event = { api: name.replace(/\.[^.]+$/, ''), url: url === NEVER ? OPEN : url };
      send(
        machine,
        site,
        { ...event, headers: kind === 'headers' ? data : NEVER, body: kind === 'body' ? data : NEVER },
        String(obj.id),
      );
    }
    callBack(machine, site, lastFunction(site), [OPEN]);
    return OPEN;
  };
}

/** Cuts the known start of an address off: `new URL(path, base)`. */
const urlModel: Model = (machine, site) => {
  const [path, base] = [arg(site, 0), arg(site, 1)];
  const obj = machine.object(site.frame, site.node, 'object', 'URL');
  const text = addressOf(machine, path);
  let href = text;
  if (base !== NEVER) {
    const bases = addressOf(machine, base);
    const joined = stringsOf(text).flatMap((t) =>
      /^[a-z][\w+.-]*:/i.test(t) ? [t] : stringsOf(bases).map((b) => resolveUrl(b, t)),
    );
    href = withTaints(constants(joined), [...text.taints, ...bases.taints]);
  }
  obj.note(machine.round, 'href', href);
  obj.write(machine.round, 'href', href);
  const query = machine.object(site.frame, `${site.node.start}:query`, 'object', 'URLSearchParams');
  obj.write(machine.round, 'searchParams', object(query));
  return object(obj);
};

function resolveUrl(base: string, path: string): string {
  const match = /^([a-z][\w+.-]*:\/\/[^/]*)(\/[^?#]*)?/i.exec(base);
  if (!match) return HOLE;
  if (path.startsWith('/')) return match[1]! + path;
  const dir = (match[2] ?? '/').replace(/[^/]*$/, '');
  return match[1]! + dir + path.replace(/^\.\//, '');
}

const requestObject: Model = (machine, site) => {
  const obj = machine.object(site.frame, site.node, 'object', 'Request');
  obj.note(machine.round, 'href', addressOf(machine, arg(site, 0)));
  obj.note(machine.round, 'headers', headersOf(machine, site, arg(site, 1)));
  obj.note(machine.round, 'body', bodyOfOptions(machine, site, arg(site, 1), BODY_FIELDS));
  return object(obj);
};

/** Text or containers that are sent later: they hold what they were made from. */
const holder: Model = (machine, site, name) => {
  const obj = machine.object(site.frame, site.node, 'object', name);
  for (const value of site.args) {
    obj.parents.write(machine.round, { ...value, consts: [], funcs: [], apis: [] });
    obj.writeRest(machine.round, elementsOf(machine, { ...value, consts: [] }));
  }
  return object(obj);
};

const mailer: Model = (machine, site) => {
  const obj = machine.object(site.frame, site.node, 'object', 'mail.Transport');
  obj.note(
    machine.round,
    'url',
    joinAll([option(machine, site, arg(site, 0), 'host'), option(machine, site, arg(site, 0), 'service')]),
  );
  return object(obj);
};

const connection: (name: string) => Model = (name) => (machine, site) => {
  const obj = machine.object(site.frame, site.node, 'object', name);
  const url = addressOf(machine, arg(site, 0));
  obj.note(machine.round, 'url', url);
  const result = send(machine, site, { api: name, url, headers: headersOf(machine, site, arg(site, 1)), body: NEVER });
  obj.note(machine.round, 'data', result);
  return { ...result, objects: [obj] };
};

const dnsModel: Model = (machine, site, name) => {
  const host = arg(site, 0);
  const result = send(machine, site, {
    api: name,
    url: host,
    headers: NEVER,
    body: through(machine, site, tainted(machine.deep(host)), `asked for by ${site.name}()`),
  });
  callBack(machine, site, lastFunction(site), [OPEN, result]);
  return result;
};

const xhrOpen: Model = (machine, site) => {
  for (const obj of site.self.objects) obj.note(machine.round, 'url', addressOf(machine, arg(site, 1)));
  return OPEN;
};

const plainObject: (name: string) => Model = (name) => (machine, site) =>
  object(machine.object(site.frame, site.node, 'object', name));

const beacon: Model = (machine, site, name) =>
  send(machine, site, {
    api: name,
    url: addressOf(machine, arg(site, 0)),
    headers: NEVER,
    body: mixed(machine, site, [arg(site, 1)], 'sent as a beacon'),
  });

/** A network of unknown shape: `server.on('request')` and the like give what others sent. */
export function requestInput(machine: Machine, site: CallSite): Value {
  return fresh(machine, site, 'input', 'request', `handler given to ${site.name}()`);
}

const server: Model = (machine, site) => {
  callBack(machine, site, lastFunction(site), [requestInput(machine, site), OPEN]);
  return OPEN;
};

/** Clients of HTTP, WebSocket, mail and DNS, and servers of HTTP. */
export const NETWORK_MODELS: Models = {
  fetch: fetchModel,
  Request: requestObject,
  URL: urlModel,
  URLSearchParams: holder,
  FormData: holder,
  'form-data': holder,
  Headers: holder,
  Blob: holder,
  File: holder,
  'http.request': requestModel,
  'http.get': requestModel,
  'https.request': requestModel,
  'https.get': requestModel,
  'http.ClientRequest.write': sendOn(),
  'http.ClientRequest.end': sendOn(),
  'http.ClientRequest.setHeader': sendOn('headers'),
  'http.createServer': server,
  'https.createServer': server,
  'http2.connect': connection('http2.Session'),
  'http2.Session.request': (machine, site, name) => {
    sendOn('headers')(machine, site, name);
    const obj = machine.object(site.frame, site.node, 'object', 'http.ClientRequest');
    for (const self of site.self.objects) obj.note(machine.round, 'url', self.noted(machine.round, 'url'));
    return object(obj);
  },
  'superagent.Request.send': chainPart('body'),
  'superagent.Request.query': chainPart('body'),
  'superagent.Request.field': chainPart('body'),
  'superagent.Request.attach': chainPart('body'),
  'superagent.Request.set': chainPart('headers'),
  'superagent.Request.auth': chainPart('headers'),
  WebSocket: connection('WebSocket'),
  'WebSocket.send': sendOn(),
  EventSource: connection('EventSource'),
  'socket_io-client': connection('socket.io'),
  'socket_io-client.io': connection('socket.io'),
  'socket_io-client.connect': connection('socket.io'),
  'socket.io.emit': sendOn(),
  'navigator.sendBeacon': beacon,
  XMLHttpRequest: plainObject('XMLHttpRequest'),
  'XMLHttpRequest.open': xhrOpen,
  'XMLHttpRequest.send': sendOn(),
  'XMLHttpRequest.setRequestHeader': sendOn('headers'),
  'nodemailer.createTransport': mailer,
  'mail.Transport.sendMail': sendOn(),
  '@slack/webhook.IncomingWebhook': connection('@slack/webhook.Client'),
  '@slack/webhook.Client.send': sendOn(),
  'discord_js.WebhookClient': connection('discord.Webhook'),
  'discord.Webhook.send': sendOn(),
  'dns.lookup': dnsModel,
  'dns.resolve': dnsModel,
  'dns.resolve4': dnsModel,
  'dns.resolve6': dnsModel,
  'dns.resolveTxt': dnsModel,
  'dns.resolveAny': dnsModel,
  'ftp.put': sendOn(),
  'basic-ftp.Client': plainObject('ftp.Client'),
  'ftp.Client.access': xhrOpen,
  'ftp.Client.uploadFrom': sendOn(),
};
