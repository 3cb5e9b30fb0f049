import { type Command, InvalidArgumentError, Option } from 'commander';
import { PRODUCT_NAME } from '../core/product.ts';

/** Options that say which home is meant; they count wherever they stand. */
export function addHomeOptions(command: Command): Command {
  return command
    .addOption(new Option('--config <file>', 'the config file'))
    .addOption(new Option('--state-dir <dir>', 'the state directory'))
    .addOption(new Option('--profile <name>', 'the profile, as openclaw --profile'))
    .addOption(new Option('--dev', 'the profile "dev", as openclaw --dev').conflicts('profile'))
    .addOption(
      new Option('--openclaw-version <v>', 'judge for this OpenClaw version, e.g. 2026.9.6').argParser(
        parseVersionOption,
      ),
    )
    .addOption(new Option('--docker-command <path>', 'ask sandbox containers through this program'));
}

function parseVersionOption(text: string): string {
  if (!/^v?\d{4}\.\d{1,2}\.\d{1,3}(-[0-9A-Za-z.-]+)?$/.test(text.trim()))
    throw new InvalidArgumentError('Expected a version such as 2026.9.6.');
  return text.trim();
}

/** Options of `audit --deep`: how to reach the live gateway, for this run only. */
export function addDeepOptions(command: Command): Command {
  const visible = 'other users see it in the process list';
  return command
    .addOption(new Option('--deep', 'also ask the live gateway, and scan the code of plugins and skills'))
    .addOption(
      new Option('--auth <mode>', 'with --deep: identify with this kind of secret').choices(['token', 'password']),
    )
    .addOption(new Option('--token <token>', `with --deep: the gateway's token; ${visible}`))
    .addOption(new Option('--password <password>', `with --deep: the gateway's password; ${visible}`))
    .addOption(new Option('--gateway-url <url>', 'with --deep: ask this gateway, also on another machine'))
    .addOption(
      new Option('--timeout <ms>', 'with --deep: milliseconds for the gateway, 250 to 60000').argParser(parseTimeout),
    );
}

function parseTimeout(text: string): number {
  const ms = /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(ms >= 250 && ms <= 60_000)) throw new InvalidArgumentError('Expected milliseconds from 250 to 60000.');
  return ms;
}

/** An option that takes a list, with commas or repeated. */
export function listOption(flags: string, text: string, unset: string): Option {
  return new Option(flags, text)
    .default([], unset)
    .argParser((value: string, previous: string[]) => [...previous, ...value.split(',').filter(Boolean)]);
}

/** A repeatable option whose values are taken whole. */
export function wordsOption(flags: string, text: string): Option {
  return new Option(flags, text)
    .default([], 'none')
    .argParser((value: string, previous: string[]) => [...previous, value]);
}

/** The examples below the help of a command; what each is for stands above it, so that narrow terminals show both. */
export function examples(rows: readonly (readonly [string, string])[]): string {
  const lines = rows.flatMap(([command, what]) => [...(what ? [`  # ${what}`] : []), `  $ ${PRODUCT_NAME} ${command}`]);
  return `\nExamples:\n${lines.join('\n')}`;
}

/** Asks for a second opinion on what a fix would write. */
export function verifyOption(): Option {
  return new Option('--verify-with-openclaw', 'with a fix: let the installed OpenClaw validate the new config first');
}
