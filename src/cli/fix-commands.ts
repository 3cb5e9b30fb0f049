import { type Command, Option } from 'commander';
import type { Io } from './io.ts';
import { addHomeOptions, examples, listOption, verifyOption } from './options.ts';

/** The commands that change something or plan to: `fix plan`, `fix apply`, `undo`, `recover`. */
export function addFixCommands(program: Command, io: Io, done: (code: number) => void): void {
  const fix = program.command('fix').description('plan or apply fixes');
  const json = () => new Option('--json', 'print JSON');
  const noColor = () => new Option('--no-color', 'no colour, also on a terminal');

  addHomeOptions(fix.command('plan'))
    .description('show what audit --fix would change; changes nothing')
    .addOption(new Option('--all', 'also the remedies that are left to you, as edits and commands'))
    .addOption(listOption('--only <id>', 'only fixes of these checks; repeatable', 'all'))
    .addOption(listOption('--skip <id>', 'not these; repeatable', 'none'))
    .addOption(json())
    .addOption(noColor())
    .addHelpText(
      'after',
      examples([
        ['fix plan', 'the safe fixes'],
        ['fix plan --all', 'everything that can be done'],
      ]),
    )
    .action(async (options) => {
      const { fixPlanCommand } = await import('./commands/fix-plan.ts');
      done(await fixPlanCommand(options, io));
    });

  addHomeOptions(fix.command('apply'))
    .description('apply the fixes of chosen findings')
    .addOption(listOption('--only <id>', 'the checks whose findings are fixed; repeatable', 'none'))
    .addOption(listOption('--edit <id>', 'edits that the command paths proposes; repeatable', 'none'))
    .addOption(new Option('--unsafe', 'also a fix that changes who or what works'))
    .addOption(new Option('--dry-run', 'show what would change and change nothing'))
    .addOption(verifyOption())
    .addOption(json())
    .addOption(noColor())
    .addHelpText(
      'after',
      examples([
        ['fix apply --only gateway.auth_no_rate_limit --unsafe', 'the fix of a finding'],
        ['fix apply --edit e1a2b3c4 --dry-run', 'what `paths` proposes'],
      ]),
    )
    .action(async (options) => {
      const { fixApplyCommand } = await import('./commands/fix-apply.ts');
      done(await fixApplyCommand(options, io));
    });

  addHomeOptions(program.command('undo'))
    .description('take a fix back: content, modes and times as before')
    .argument('[id]', 'a transaction as printed by the fix; default: the latest')
    .addOption(new Option('--list', 'list the fixes that were made'))
    .addOption(new Option('--force', 'also where a file was changed since; what is there now is kept in the journal'))
    .addOption(json())
    .action(async (id: string | undefined, options) => {
      const { undoCommand } = await import('./commands/undo.ts');
      done(await undoCommand(id, options, io));
    });

  addHomeOptions(program.command('recover'))
    .description('end a fix that a crash left half done')
    .addOption(new Option('--finish', 'do the rest of it').conflicts('rollBack'))
    .addOption(new Option('--roll-back', 'take back what was done (the default)'))
    .addOption(json())
    .action(async (options) => {
      const { recoverCommand } = await import('./commands/recover.ts');
      done(await recoverCommand(options, io));
    });
}
