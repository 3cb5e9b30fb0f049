import type { RawFinding } from '../findings.ts';
import type { JudgeContext } from '../judge/context.ts';
import { fileName } from '../paths.ts';
import { field, type JsonNode, readJson, textOf } from './placed-json.ts';

const MAX_TEXT = 500_000;

/**
 * Commands that data files start: tool servers of `.mcp.json` and its relatives, which run with the agent, and the
 * commands of `binding.gyp`, which run when the package is installed.
 */
export function judgeCommandsInData(path: string, text: string, judge: JudgeContext): readonly RawFinding[] {
  if (text.length > MAX_TEXT) return [];
  if (/\.gypi?$/.test(fileName(path))) return judgeGyp(path, text, judge);
  return /"?mcpServers"?\s*:/.test(text) ? judgeServers(path, readJson(text), judge) : [];
}

function placed(found: readonly RawFinding[], file: string, pos: number, what: string): readonly RawFinding[] {
  return found.map((f) => ({ ...f, steps: [{ file, pos, what }] }));
}

function judgeGyp(path: string, text: string, judge: JudgeContext): readonly RawFinding[] {
  const out: RawFinding[] = [];
  for (const match of text.matchAll(/<!@?\(([^"\n]{1,2000})\)/g)) {
    out.push(...placed(judge.scanCommand(match[1]!), path, match.index, 'run when the package is installed'));
  }
  return out;
}

function judgeServers(path: string, root: JsonNode, judge: JudgeContext): readonly RawFinding[] {
  const out: RawFinding[] = [];
  const stack = [root];
  for (let visited = 0; stack.length > 0 && visited < 5000; visited++) {
    const node = stack.pop()!;
    stack.push(...(node.items ?? []), ...(node.fields?.values() ?? []));
    for (const server of field(node, 'mcpServers')?.fields?.values() ?? []) {
      const command = textOf(field(server, 'command'));
      if (!command) continue;
      const args = (field(server, 'args')?.items ?? []).map((a) => textOf(a) ?? '');
      const line = [
        command,
        ...args.map((a) => (/^[\w@%+=:,./~-]+$/.test(a) ? a : `'${a.replaceAll("'", "'\\''")}'`)),
      ].join(' ');
      out.push(...placed(judge.scanCommand(line), path, server.start, 'started as a tool server'));
    }
  }
  return out;
}
