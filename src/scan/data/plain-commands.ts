import { HOLE, PACKAGE } from '../flow/value.ts';

/** Ways to fetch or hide code, and places where nobody looks. */
const ODD =
  /\b(?:curl|wget|base64|eval|nc|ncat|socat|iex|iwr|Invoke-\w+)\b|\b(?:python[\d.]*|node|perl|ruby|php|(?:ba|z|da)?sh)\s+-\w*[ce]\b|\|\s*(?:\S*\/)?(?:ba|z|da)?sh\b|\/dev\/(?:tcp|udp|shm)|(?:^|[\s"'=:])\/(?:var\/)?tmp\/|(?:^|\/)\.(?!local\b|config\b|openclaw\b|clawdbot\b|moltbot\b|npm|nvm\b|bun\b|cargo\b|venv\b|deno\b|volta\b|asdf\b|pyenv\b|rbenv\b|cache\/(?:pip|uv)\b|\/|$)[\w-]/;

/** Where installed programs lie, the scripts of the package itself, and OpenClaw. */
const INSTALLED = new RegExp(
  `^(?:\\S*/)?(?:openclaw|clawdbot|moltbot)$|^(?:/usr/|/opt/|/Applications/|/bin/|/snap/|(?:~|%h)/\\.local/|~/bin/|\\./|${PACKAGE}|${HOLE}?/)`,
);
const INTERPRETER = /^(?:\S*\/)?(?:node|python[\d.]*|bun|deno|(?:ba|z|da)?sh|env|npx|uv|cd|nohup|nice)$/;

/** True for a command line that starts an installed program or a script of the package itself, and nothing odd. */
export function isPlainCommand(line: string): boolean {
  if (ODD.test(line)) return false;
  return line.split(/&&|\|\||;/).every((part) => {
    const words = part
      .trim()
      .split(/\s+/)
      .filter((w) => w !== '' && !w.startsWith('-') && !/^\w+=/.test(w));
    const program = words.find((w) => !INTERPRETER.test(w));
    return program === undefined || INSTALLED.test(program.replace(/^["']/, ''));
  });
}

const HARMLESS_LINE =
  /^\s*(?:#.*|fi|then|else|if \[.*\]; then|export \w+=[^`;|&]*|PATH=[^`;|&]*|alias [\w.-]+=[^`;|&]*|fpath=\(.*\)|autoload .*|compinit|(?:\[ -[fs] \S+ \] && |\[\[ -[fs] \S+ \]\] && )?(?:source|\.) \S*(?:complet|nvm|env|rc|profile|plugin|hook)\S*|eval "\$\((?:direnv|brew|starship|zoxide|fnm|pyenv|rbenv|nodenv|mise|openclaw|npm|thefuck|mcfly|atuin)\b[^|;&]*\)"|)\s*$/;

/** True for lines of a shell start-up file that set a variable, an alias or the completion of a tool. */
export function isPlainProfile(text: string): boolean {
  return text
    .split('\n')
    .every(
      (line) =>
        line.length < 400 &&
        HARMLESS_LINE.test(line) &&
        !/\b(?:curl|wget|LD_PRELOAD|NODE_OPTIONS|PROMPT_COMMAND|sudo)\b|\/tmp\//.test(line),
    );
}

/** True when everything that a service definition or a list of jobs starts is plain; false when nothing is found. */
export function startsOnlyPlain(text: string): boolean {
  const commands = [
    ...[...text.matchAll(/^\s*Exec\w*=[-@:+!]*(.+)$/gm)].map((m) => m[1]!),
    ...[...text.matchAll(/^\s*(?:@\w+|(?:[\d*/,-]+\s+){4}[\w*/,-]+)\s+(.+)$/gm)].map((m) => m[1]!),
  ];
  const list = /<key>ProgramArguments<\/key>\s*<array>([\s\S]*?)<\/array>/.exec(text)?.[1];
  if (list !== undefined) commands.push([...list.matchAll(/<string>([^<]*)<\/string>/g)].map((m) => m[1]!).join(' '));
  return commands.length > 0 && commands.every(isPlainCommand);
}
