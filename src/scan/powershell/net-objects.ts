import {
  api,
  concatenate,
  constant,
  HOLE,
  NEVER,
  OPEN,
  stringsOf,
  tainted,
  type Value,
  withTaints,
} from '../flow/value.ts';
import { typeName } from './names.ts';
import type { Runner } from './runner.ts';
import { flat, labelsOf } from '../flow/compound.ts';
import { NOTHING, type PsValue, plain, UNKNOWN } from './value.ts';

/** What kind of object a value is, when it was made here; else ''. */
export function objectOf(value: PsValue): string {
  return value.value.apis.find((a) => a.startsWith('object:'))?.slice(7) ?? '';
}

/** An unknown value with the labels of others. */
export function mixed(values: readonly PsValue[]): PsValue {
  return plain(tainted(values.flatMap((v) => labelsOf(v))));
}

/** An object of a type, with what it was made from. */
export function make(kind: string, fields: Record<string, PsValue>): PsValue {
  return { value: { ...OPEN, apis: [`object:${kind}`] }, fields: new Map(Object.entries(fields)) };
}

/** `New-Object Type args`, `[Type]::new(args)`. */
export function construct(runner: Runner, rawType: string, args: readonly PsValue[], pos: number): PsValue {
  const type = typeName(rawType);
  if (type === 'net.webclient' || type === 'net.http.httpclient') return make('web', {});
  if (type === 'net.sockets.tcplistener') return make('socket', { '#to': plain(constant('a client that connects')) });
  if (/^net\.sockets\.(?:tcpclient|socket|udpclient)$/.test(type)) {
    const address = concatenate([
      args[0] ? flat(args[0]) : constant(HOLE),
      constant(':'),
      args[1] ? flat(args[1]) : constant(HOLE),
    ]);
    runner.session.send(pos, type, address, NEVER);
    return make('socket', { '#to': plain(address) });
  }
  if (
    /^(?:io\.streamreader|io\.compression\.|io\.streamwriter|net\.security\.sslstream|io\.memorystream|io\.binaryreader)/.test(
      type,
    )
  ) {
    const inner = args[0];
    const compressed = type.startsWith('io.compression.')
      ? [runner.session.taint('decoded', 'compression', pos, 'unpacks')]
      : [];
    return {
      value: withTaints({ ...OPEN, apis: inner && objectOf(inner) === 'stream' ? ['object:stream'] : [] }, [
        ...labelsOf(inner),
        ...compressed,
      ]),
      fields: inner?.fields,
    };
  }
  if (type === 'string' || type === 'uri' || type === 'text.stringbuilder') return args[0] ?? UNKNOWN;
  if (/passwordvault/.test(type))
    return runner.session.labelled('credential-file', 'the system keychain', pos, 'opens the credential vault');
  return mixed(args);
}

/** A label for each address of a download. */
export function downloadedFrom(runner: Runner, url: PsValue | undefined, pos: number): Value {
  return tainted(
    stringsOf(url?.value ?? OPEN).map((u) =>
      runner.session.taint('network', u === HOLE ? 'an address that is not constant' : u, pos, 'downloads'),
    ),
  );
}

/** A method of `Net.WebClient` or `HttpClient`. */
export function webCall(
  runner: Runner,
  _target: PsValue,
  name: string,
  args: readonly PsValue[],
  pos: number,
): PsValue {
  const session = runner.session;
  if (/^download(?:string|data)|^get(?:string|bytearray|stream)?async$|^openread/.test(name)) {
    session.send(pos, `.${name}()`, flat(args[0]), NEVER);
    return plain(downloadedFrom(runner, args[0], pos));
  }
  if (name.startsWith('downloadfile')) {
    session.send(pos, `.${name}()`, flat(args[0]), NEVER);
    session.write(pos, `.${name}()`, flat(args[1]), downloadedFrom(runner, args[0], pos));
    return NOTHING;
  }
  if (/^upload|^post|^put|^send/.test(name)) {
    const body = name.startsWith('uploadfile')
      ? session.read(flat(args.at(-1)), pos)
      : tainted(args.slice(1).flatMap((a) => labelsOf(a)));
    session.send(pos, `.${name}()`, flat(args[0]), body);
    return plain(downloadedFrom(runner, args[0], pos));
  }
  return mixed(args);
}

/** A method of `Net.WebRequest`. */
export function requestCall(runner: Runner, target: PsValue, name: string, pos: number): PsValue {
  const to = target.fields?.get('#to');
  if (name.startsWith('getresponse')) {
    runner.session.send(pos, `.${name}()`, flat(to), NEVER);
    return plain(downloadedFrom(runner, to, pos));
  }
  if (name.startsWith('getrequeststream')) return { value: api('object:stream'), fields: target.fields };
  return UNKNOWN;
}

/** A method of a TCP client or of its stream. */
export function streamCall(
  runner: Runner,
  target: PsValue,
  kind: string,
  name: string,
  args: readonly PsValue[],
  pos: number,
): PsValue {
  const session = runner.session;
  const to = target.fields?.get('#to') ?? UNKNOWN;
  if (/^accept/.test(name)) return { value: { ...OPEN, apis: ['object:socket'] }, fields: target.fields };
  if (name === 'getstream') return { value: api('object:stream'), fields: target.fields };
  if (name === 'connect' && kind === 'socket') {
    const address = concatenate([
      args[0] ? flat(args[0]) : constant(HOLE),
      constant(':'),
      args[1] ? flat(args[1]) : constant(HOLE),
    ]);
    target.fields?.set('#to', plain(address));
    session.send(pos, 'a TCP client', address, NEVER);
    return NOTHING;
  }
  if (/^(?:read|receive)/.test(name)) {
    const label = session.taint('network', stringsOf(to.value)[0] ?? HOLE, pos, 'reads from a connection');
    const socket = session.taint('input', 'a connection', pos, 'reads from a connection');
    // The first argument is the buffer that is filled.
    for (const [key, value] of session.variables)
      if (value === args[0]) session.variables.set(key, plain(tainted([label, socket])));
    return plain(tainted([label, socket]));
  }
  if (/^(?:write|send|flush)/.test(name)) {
    session.send(pos, 'a TCP client', flat(to), tainted(args.flatMap((a) => labelsOf(a))));
    return NOTHING;
  }
  return UNKNOWN;
}
