#!/usr/bin/env node
'use strict';
// The program file of the build. What a plain audit needs lies in one file, cli/core.js, and comes with V8's code cache
// for the Node it was built with; any other Node compiles as usual. The rest stays in chunks that are loaded when asked.
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const dir = path.join(__dirname, 'cli');
const filename = path.join(dir, 'core.js');
// The build writes ASCII only, and V8 keeps such a text in one byte per character.
const read = (file) => fs.readFileSync(file, 'latin1');

/** The code cache for this very Node, if the build made one. */
function codeCache() {
  try {
    return fs.readFileSync(path.join(dir, `core.${process.version}-${process.arch}.cache`));
  } catch {
    return undefined;
  }
}

const script = new vm.Script(read(filename), { filename, cachedData: codeCache() });
const loaded = new Map();

/** A chunk by name: one of those in core.js, else the file of that name. */
function load(name) {
  const known = loaded.get(name);
  if (known) return known.exports;
  const module = { exports: {} };
  loaded.set(name, module);
  if (Object.hasOwn(core.exports, name)) module.exports = core.exports[name]();
  else {
    const file = path.join(dir, name);
    run(vm.compileFunction(read(file), ['exports', 'require', 'module', '__dirname'], { filename: file }), module);
  }
  return module.exports;
}

function run(body, module) {
  body.call(module.exports, module.exports, requireFrom, module, dir);
}

const requireFrom = (name) => (name.startsWith('./') ? load(name.slice(2)) : require(name));

const core = { exports: {} };
run(script.runInThisContext(), core);
module.exports = { script, loaded };
load('bin.cjs');
