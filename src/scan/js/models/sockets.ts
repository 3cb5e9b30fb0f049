import { type CallSite, type Machine, place } from '../../flow/machine.ts';
import { arg, callBack, lastFunction, type Model, type Models, option, send } from '../../flow/model.ts';
import type { Obj } from '../../flow/object.ts';
import { concatenate, constant, join, joinAll, NEVER, object, OPEN, type Value } from '../../flow/value.ts';
import { addressOf, requestInput, sendOn } from './network.ts';

/** `host:port` from `(port, host)`, `(path)` or `({ host, port })`. */
function peerOf(machine: Machine, site: CallSite, first: Value, second: Value): Value {
  if (first.objects.length > 0) {
    const host = joinAll([option(machine, site, first, 'host'), option(machine, site, first, 'hostname')]);
    return concatenate([
      host === NEVER ? constant('localhost') : host,
      constant(':'),
      option(machine, site, first, 'port'),
    ]);
  }
  if (second.consts.length > 0 || second.open || second.taints.length > 0)
    return concatenate([second, constant(':'), first]);
  return first.consts.some((c) => typeof c === 'number') ? concatenate([constant('localhost:'), first]) : first;
}

function connect(machine: Machine, site: CallSite, obj: Obj, name: string): Value {
  const url = peerOf(machine, site, arg(site, 0), arg(site, 1));
  obj.note(machine.round, 'url', url);
  const result = send(machine, site, { api: name, url, headers: NEVER, body: NEVER });
  obj.note(machine.round, 'data', result);
  callBack(machine, site, lastFunction(site), [OPEN]);
  return { ...result, objects: [obj] };
}

const connectModel: Model = (machine, site, name) =>
  connect(machine, site, machine.object(site.frame, site.node, 'object', 'net.Socket'), name);

const socketModel: Model = (machine, site) => object(machine.object(site.frame, site.node, 'object', 'net.Socket'));

const socketConnect: Model = (machine, site) => {
  let out: Value = NEVER;
  for (const obj of site.self.objects) out = join(out, connect(machine, site, obj, 'net.Socket'));
  return out === NEVER ? OPEN : out;
};

/** A server hands each connection to its callback. */
const listener: Model = (machine, site) => {
  const obj = machine.object(site.frame, site.node, 'object', 'net.Socket');
  const peer = requestInput(machine, site);
  obj.note(machine.round, 'url', constant('a client that connects'));
  obj.note(machine.round, 'data', peer);
  callBack(machine, site, lastFunction(site), [{ ...peer, objects: [obj] }]);
  return OPEN;
};

const datagram: Model = (machine, site) => object(machine.object(site.frame, site.node, 'object', 'dgram.Socket'));

const datagramSend: Model = (machine, site, name) => {
  const target = site.args.length > 4 ? [arg(site, 3), arg(site, 4)] : [arg(site, 1), arg(site, 2)];
  return send(machine, site, {
    api: name,
    url: concatenate([target[1]!, constant(':'), target[0]!]),
    headers: NEVER,
    body: addressOf(machine, arg(site, 0)),
  });
};

/** What flows into a stream: to the network, into a program, or into a file. */
export function flowInto(machine: Machine, site: CallSite, target: Value, data: Value): void {
  for (const obj of target.objects) {
    const base = { file: site.frame.unit.path, pos: place(site.node) };
    if (obj.api === 'net.Socket' || obj.api === 'http.ClientRequest' || obj.api === 'WebSocket') {
      send(
        machine,
        site,
        { api: obj.api, url: obj.noted(machine.round, 'url'), headers: NEVER, body: data },
        `pipe${obj.id}`,
      );
    } else if (obj.api === 'child.stdin') {
      const program = obj.noted(machine.round, 'program');
      machine.emit(
        { kind: 'command', ...base, api: 'stdin', shell: false, command: program, args: data, argList: undefined },
        site.frame,
        `pipe${obj.id}`,
      );
    } else if (obj.api === 'fs.WriteStream') {
      const path = obj.noted(machine.round, 'path');
      machine.emit(
        { kind: 'write', ...base, api: 'fs.createWriteStream', how: 'write', path, data },
        site.frame,
        `pipe${obj.id}`,
      );
    }
  }
}

const writeInto: Model = (machine, site) => {
  flowInto(machine, site, site.self, addressOf(machine, arg(site, 0)));
  return OPEN;
};

/** Sockets, and streams that end in one. */
export const SOCKET_MODELS: Models = {
  'net.connect': connectModel,
  'net.createConnection': connectModel,
  'tls.connect': connectModel,
  'Bun.connect': connectModel,
  'net.Socket': socketModel,
  'net.Socket.connect': socketConnect,
  'net.Socket.write': sendOn(),
  'net.Socket.end': sendOn(),
  'net.createServer': listener,
  'tls.createServer': listener,
  'dgram.createSocket': datagram,
  'dgram.Socket.send': datagramSend,
  'child.stdin.write': writeInto,
  'child.stdin.end': writeInto,
  'fs.WriteStream.write': writeInto,
  'fs.WriteStream.end': writeInto,
};
