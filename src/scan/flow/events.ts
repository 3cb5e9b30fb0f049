import type { Value } from './value.ts';

/** Where a value ends up. Judged after the analysis, when all values are final. */
export type SinkEvent = NetworkEvent | CommandEvent | CodeEvent | WriteEvent | NoticeEvent;

interface Placed {
  readonly file: string;
  readonly pos: number;
  /** The call as people know it: `fetch`, `child_process.exec`. */
  readonly api: string;
}

/** Data leaves over the network. */
export interface NetworkEvent extends Placed {
  readonly kind: 'network';
  /** The address, or `host:port`. */
  readonly url: Value;
  readonly headers: Value;
  /** Body, query or message: what is sent as data. */
  readonly body: Value;
}

/** A program is started. */
export interface CommandEvent extends Placed {
  readonly kind: 'command';
  /** A shell reads the text of `command`. */
  readonly shell: boolean;
  readonly command: Value;
  readonly args: Value;
  /** The arguments one by one, when they are known. */
  readonly argList: readonly Value[] | undefined;
}

/** Text becomes code, or a module is loaded by a name that is not constant. */
export interface CodeEvent extends Placed {
  readonly kind: 'code';
  readonly code: Value;
  /** `eval`: run as code. `load`: a module, library or script is loaded. `pickle`: data that can carry code. */
  readonly how: 'eval' | 'load' | 'unpickle';
}

/** A file is written, or changed so that something else runs. */
export interface WriteEvent extends Placed {
  readonly kind: 'write';
  readonly how: 'write' | 'append' | 'link' | 'mode' | 'delete' | 'archive';
  readonly path: Value;
  readonly data: Value;
}

/** Something that is wrong by itself, whatever the values are. */
export interface NoticeEvent extends Placed {
  readonly kind: 'notice';
  readonly notice: 'tls-off' | 'native-hook' | 'input-hook' | 'module-patch' | 'env-inject' | 'self-delete';
  readonly detail: string;
}
