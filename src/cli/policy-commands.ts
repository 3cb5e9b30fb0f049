import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Io } from './io.ts';
import { addHomeOptions, examples, listOption } from './options.ts';

/** `policy explain`. */
export function addPolicyCommands(program: Command, io: Io, done: (code: number) => void): void {
  const policy = program.command('policy').description('explain what a sender can make an agent do');
  addHomeOptions(policy.command('explain'))
    .description(
      'session, sandbox, tools and commands of one conversation, and which key decides each; changes nothing',
    )
    .addOption(new Option('--agent <id>', 'the agent (default: the one that answers)'))
    .addOption(new Option('--channel <id>', 'a message of this channel (default: you at the terminal)'))
    .addOption(new Option('--account <id>', 'the account of the channel (default: "default")'))
    .addOption(new Option('--peer <id>', 'a private chat with this person'))
    .addOption(new Option('--group <id>', 'a group or room; "any" for no one in particular'))
    .addOption(new Option('--thread', 'a thread of that group'))
    .addOption(
      new Option('--sender <who>', 'anyone, allowed, owner, or the id of somebody (default: anyone, or --peer)'),
    )
    .addOption(new Option('--guild <id>', 'the Discord server of the room'))
    .addOption(new Option('--team <id>', 'the team or workspace of the room'))
    .addOption(listOption('--role <id>', 'a role of the sender in the server; repeatable', 'none'))
    .addOption(new Option('--subagent <depth>', 'a sub-agent of this depth, from 1').argParser(parseDepth))
    .addOption(new Option('--provider <id>', 'with this model provider, for tools.byProvider'))
    .addOption(new Option('--model <id>', 'with this model of the provider'))
    .addOption(new Option('--json', 'print JSON'))
    .addOption(new Option('--snapshot <file>', 'judge a snapshot made elsewhere'))
    .addOption(new Option('--no-color', 'no colour, also on a terminal'))
    .addHelpText(
      'after',
      examples([
        ['policy explain', 'you at the terminal, with the default agent'],
        ['policy explain --channel telegram --sender anyone', 'a stranger who writes to the bot'],
        ['policy explain --channel telegram --group any --sender allowed', 'a member of some group'],
        ['policy explain --channel discord --guild 1234 --group 5678 --role 9', 'a room of a server'],
        ['policy explain --agent work --provider openai --model gpt-5', 'one agent with one model'],
      ]),
    )
    .action(async (options) => {
      const { policyExplainCommand } = await import('./commands/policy-explain.ts');
      done(await policyExplainCommand(options, io));
    });
}

function parseDepth(text: string): number {
  if (!/^[1-9]\d?$/.test(text.trim())) throw new InvalidArgumentError('Expected a depth from 1 to 99.');
  return Number(text);
}
