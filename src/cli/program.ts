import { Command, CommanderError, Option } from 'commander';
import { PRODUCT_NAME, PRODUCT_VERSION } from '../core/product.ts';
import { addFixCommands } from './fix-commands.ts';
import { addDeepOptions, addHomeOptions, examples, listOption, verifyOption, wordsOption } from './options.ts';
import { EXIT, type Io } from './io.ts';
import { FORMATS, OutputList } from './outputs.ts';

/** Runs one command line, its words in order, and returns its exit code. */
export async function runProgram(words: readonly string[], io: Io): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = await buildProgram(words[0], io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    throw error;
  }
  return exitCode;
}

type AddCommand = (program: Command, io: Io, done: (code: number) => void) => void | Promise<void>;

const COMMANDS: readonly (readonly [names: readonly string[], add: AddCommand])[] = [
  [['audit'], addAudit],
  [['scan'], addScan],
  [['snapshot'], addSnapshot],
  [['paths'], addPaths],
  [['policy'], async (...of) => (await import('./policy-commands.ts')).addPolicyCommands(...of)],
  [['fix', 'undo', 'recover'], addFixCommands],
  [['explain'], addExplain],
  [['checks'], addChecks],
];

/** The command that is meant, or all of them for help and for suggestions: each takes its share of the start-up. */
async function buildProgram(word: string | undefined, io: Io, done: (code: number) => void): Promise<Command> {
  const program = new Command(PRODUCT_NAME)
    .description('Audits an OpenClaw config and state directory: what is dangerous, where, and the next step.')
    .usage('[security] <command> [options]')
    .version(PRODUCT_VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError(`Try "${PRODUCT_NAME} --help".`)
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .configureHelp({ helpWidth: Math.min(io.columns ?? 80, 100) });
  const meant = COMMANDS.filter(([names]) => names.includes(word ?? ''));
  for (const [, add] of meant.length > 0 ? meant : COMMANDS) await add(program, io, done);
  return program;
}

function addAudit(program: Command, io: Io, done: (code: number) => void): void {
  const outputs = new OutputList();
  addDeepOptions(addHomeOptions(program.command('audit')))
    .description('audit this home and report, worst first')
    .addOption(new Option('--json', 'print the report as JSON; short for --format json'))
    .addOption(new Option('--format <format>', 'print the report in this form; repeatable').choices(FORMATS))
    .addOption(new Option('--output <file>', 'write the format before it into this file; repeatable'))
    .on('option:json', () => outputs.format('json'))
    .on('option:format', (format) => outputs.format(format))
    .on('option:output', (file) => outputs.output(file))
    .addOption(
      new Option('--exposure', 'tell who can reach what in every form; html, sarif, markdown and prometheus always do'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 when a finding is at least this bad')
        .choices(['critical', 'warn', 'info', 'never'])
        .default('never'),
    )
    .addOption(new Option('--strict', 'exit 3 when something could not be judged'))
    .addOption(listOption('--only <id>', 'only these checks: an id or its first words; repeatable', 'all'))
    .addOption(listOption('--skip <id>', 'not these checks; repeatable', 'none'))
    .addOption(new Option('--from <snapshot.json>', 'audit a snapshot made elsewhere'))
    .addOption(
      new Option('--suppressions <file>', 'accepted findings: JSON5 list of {id, at?, reason, owner?, expires?}'),
    )
    .addOption(wordsOption('--suppress <id=reason>', 'accept one finding for this run; repeatable'))
    .addOption(new Option('--baseline <file>', 'with --fail-on: only what is new or worse counts'))
    .addOption(new Option('--write-baseline <file>', 'write the findings of this run as a baseline'))
    .addOption(new Option('--fix', 'apply the safe fixes, then report'))
    .addOption(new Option('--dry-run', 'with --fix: show what would change and change nothing'))
    .addOption(verifyOption())
    .addOption(new Option('--no-color', 'no colour, also on a terminal'))
    .addOption(new Option('--verbose', 'list what passed, is unknown or was skipped'))
    .addOption(new Option('--quiet', 'print the summary line only').conflicts('verbose'))
    .addHelpText(
      'after',
      examples([
        ['audit', 'report on this machine’s OpenClaw'],
        ['audit --json --fail-on critical', 'gate a deployment'],
        ['audit --only gateway --only fs.config', 'two areas'],
        ['audit --from snapshot.json', 'audit another machine'],
        ['audit --deep --timeout 2000', 'ask the running gateway too'],
        ['audit --format sarif --output a.sarif --format markdown --output a.md', 'for a code host'],
      ]),
    )
    .action(async (options) => {
      const { auditCommand } = await import('./commands/audit.ts');
      done(await auditCommand({ ...options, outputs: outputs.all() }, io));
    });
}

function addScan(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('scan')
    .description('judge the code of a plugin, skill or package before it is installed; runs nothing of it')
    .argument('<path...>', 'a directory, an npm tarball or a single file; several at once')
    .addOption(new Option('--json', 'print the result as JSON'))
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 when a finding is at least this bad')
        .choices(['critical', 'warn', 'info', 'never'])
        .default('critical'),
    )
    .addOption(new Option('--strict', 'exit 3 when anything at all was not looked at'))
    .addOption(new Option('--no-color', 'no colour, also on a terminal'))
    .addOption(new Option('--quiet', 'print the verdict only').conflicts('json'))
    .addHelpText(
      'after',
      `${examples([
        ['scan ./my-plugin', 'a directory, as it would be installed'],
        ['scan acme-1.2.0.tgz', 'what npm pack acme@1.2.0 fetched, without unpacking it'],
        ['scan --json --fail-on warn ~/.openclaw/workspace/skills/*', 'gate on anything suspicious'],
      ])}

Exit codes: 0 nothing as bad as --fail-on; 1 something is; 2 usage error;
3 not judged: something that could be dangerous was not looked at
(0 with --fail-on never, unless --strict).`,
    )
    .action(async (paths: string[], options) => {
      const { scanCommand } = await import('./commands/scan.ts');
      done(await scanCommand(paths, options, io));
    });
}

const PATH_ENDS = `
Principals: internet, lan, tailnet, anyone-dm, group-member, content-author,
  webhook-caller, http-client, local-user, code-author, paired-node,
  allowed-sender
Assets: host-shell, credentials, host-files, paired-devices, other-sessions,
  lan, outbound-messages`;

function addPaths(program: Command, io: Io, done: (code: number) => void): void {
  addHomeOptions(program.command('paths'))
    .description('show who can reach what, and the fewest edits that close it')
    .addOption(listOption('--from <principal>', 'only paths that begin there: anyone-dm, lan, …; repeatable', 'all'))
    .addOption(listOption('--to <asset>', 'only paths that lead there: host-shell, credentials, …; repeatable', 'all'))
    .addOption(new Option('--all', 'every path, notes too'))
    .addOption(new Option('--json', 'print the graph, paths and edits as JSON'))
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 when a path is at least this bad, possible ones included')
        .choices(['critical', 'warn', 'never'])
        .default('never'),
    )
    .addOption(new Option('--snapshot <file>', 'judge a snapshot made elsewhere'))
    .addOption(new Option('--no-color', 'no colour, also on a terminal'))
    .addHelpText(
      'after',
      examples([
        ['paths', 'the worst first, then what closes the most'],
        ['paths --from anyone-dm --to host-shell', 'can a stranger run commands?'],
        ['paths --fail-on critical', 'gate a deployment'],
      ]),
    )
    .addHelpText('after', PATH_ENDS)
    .action(async (options) => {
      const { pathsCommand } = await import('./commands/paths.ts');
      done(await pathsCommand(options, io));
    });
}

function addSnapshot(program: Command, io: Io, done: (code: number) => void): void {
  addHomeOptions(program.command('snapshot'))
    .description('write the collected facts, without secrets, for an audit elsewhere')
    .addOption(new Option('--out <file>', 'write here instead of standard output'))
    .addHelpText('after', examples([['snapshot --out facts.json', 'then: audit --from facts.json on another machine']]))
    .action(async (options) => {
      const { snapshotCommand } = await import('./commands/snapshot.ts');
      done(await snapshotCommand(options, io));
    });
}

function addExplain(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('explain')
    .description('explain a check: what, why, how to fix, an unsafe and a safe example')
    .argument('<checkId>', 'an id as printed in a report')
    .addOption(new Option('--no-color', 'no colour, also on a terminal'))
    .addHelpText('after', examples([['explain gateway.bind_no_auth', '']]))
    .action(async (id: string, options) => {
      const { explainCommand } = await import('./commands/explain.ts');
      done(await explainCommand(id, options, io));
    });
}

function addChecks(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('checks')
    .description('list every check')
    .addOption(new Option('--json', 'print the catalogue as JSON'))
    .action(async (options) => {
      const { checksCommand } = await import('./commands/checks.ts');
      done(await checksCommand(options, io));
    });
}
