import { UsageError } from './io.ts';

/** The forms a report can be printed in. */
export const FORMATS = ['text', 'json', 'sarif', 'markdown', 'junit', 'github', 'prometheus', 'html'] as const;

export type Format = (typeof FORMATS)[number];

/** A form of the report and where it goes; without a file to standard output. */
export interface Output {
  readonly format: Format;
  readonly file?: string;
}

/** Puts `--format` and `--output` together in the order in which they stand on the command line. */
export class OutputList {
  private readonly asked: Output[] = [];

  /** `--format <format>`, or `--json`. */
  format(format: Format): void {
    this.asked.push({ format });
  }

  /** `--output <file>`: for the format before it; `-` is standard output. */
  output(file: string): void {
    const last = this.asked.pop();
    if (last === undefined || last.file !== undefined)
      throw new UsageError(
        `--output ${file} has no format before it`,
        'Each --output follows its format: --format sarif --output report.sarif',
      );
    if (file === '') throw new UsageError('--output takes the name of a file');
    this.asked.push({ ...last, file });
  }

  /**
   * What was asked for; text on standard output when nothing was.
   *
   * @throws UsageError when two would be written into each other
   */
  all(): readonly Output[] {
    const outputs = this.asked.map(({ format, file }) =>
      file === undefined || file === '-' ? { format } : { format, file },
    );
    const streams = outputs.filter((o) => o.file === undefined);
    if (streams.length > 1 && new Set(streams.map((o) => o.format)).size > 1)
      throw new UsageError(
        `${streams.map((o) => o.format).join(' and ')} cannot both go to standard output`,
        'Send the others to files with --output.',
      );
    const files = outputs.flatMap((o) => o.file ?? []);
    const twice = files.find((file, i) => files.indexOf(file) < i);
    if (twice !== undefined) throw new UsageError(`--output ${twice} is given twice`);
    const once = outputs.filter((o) => o.file !== undefined || o === streams[0]);
    return once.length > 0 ? once : [{ format: 'text' }];
  }
}
