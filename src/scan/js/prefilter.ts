/**
 * Words without which JavaScript cannot reach outside of itself or turn text into code: globals, modules of the
 * platform, and the ways to put such a name together. Matching them only decides what is worth following.
 */
const REACHING =
  /\b(?:eval|Function|child_process|globalThis|global|window|frames|fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|atob|fromCharCode|fromCodePoint|Buffer|unescape|dlopen|createRequire|importScripts|Bun|Deno|Reflect|Proxy|exec|execSync|spawn|spawnSync|execFile|fork|_load|_compile|require\.main|mainModule|getBuiltinModule|clipboard|keytar|writeFile|writeFileSync|readFile|readFileSync|homedir)\b|\bprocess\b(?!\.env\.NODE_ENV\b)|["'`](?:node:|bun:)?(?:fs|net|tls|http|https|http2|dgram|dns|os|vm|v8|worker_threads|module|inspector|cluster|sqlite|bun)(?:\/[\w/]+)?["'`]|[.'"`]constructor\b|\]\s*\(|\\u\{|\\u00[4-7]|\bself\s*[[;,)]/;
const IMPORTS = /\b(?:require|import)\s*\(\s*[^"'`\s)]|\b(?:from|import)\s*\(?\s*["'`](?:data|https?):|["'`]stratum\+/;

/** True when a script can do something that is judged. */
export function isInteresting(text: string): boolean {
  return REACHING.test(text) || IMPORTS.test(text);
}

/** Rarer words; a file with several of them is looked at early. */
const SUSPICIOUS =
  /\beval\s*\(|\bnew\s+Function\b|\bchild_process\b|\batob\s*\(|\bfromCharCode\b|\bstratum\+|\.ssh\b|\.aws\b|JSON\.stringify\(\s*process\.env|webhook|base64|\bexec(?:Sync)?\s*\(|https?:\/\/\d+\.\d+|\\x[0-9a-f]{2}\\x|\bprocess\.binding\b|authorized_keys|crontab|wallet|Login Data/g;

/** How early a file should be looked at: the number of different suspicious words in it. */
export function suspicion(text: string): number {
  const found = new Set<string>();
  for (const match of text.matchAll(SUSPICIOUS)) {
    found.add(match[0].slice(0, 6));
    if (found.size >= 8) break;
  }
  return found.size;
}
