import { describe, expect, it } from 'vitest';
import { judgeFiles } from '../../src/scan/package/files.ts';
import type { ScanFile } from '../../src/scan/types.ts';
import { Random } from '../fuzz/json5-inputs.ts';
import { alarmRules, alarms } from './verdicts.ts';

const READABLE = `${'const a = 1;\n'.repeat(200)}`;
const DENSE = `${'a();'.repeat(2000)}\n`;

/** Name, files, and a finding they must give. */
const MALICIOUS: readonly (readonly [string, readonly ScanFile[], string])[] = [
  ['a program beside the skill', [{ path: 'helper.exe', binary: true }], 'warn native-binary'],
  ['a program without an extension', [{ path: 'run', binary: true, executable: true }], 'warn native-binary'],
  ['a library', [{ path: 'payload.dylib', binary: true }], 'warn native-binary'],
  ['an installer', [{ path: 'setup.pkg', binary: true }], 'warn bundled-archive'],
  ['bytecode without its source', [{ path: 'core.pyc', binary: true }], 'warn compiled-code'],
  [
    'cached bytecode without its source',
    [{ path: '__pycache__/core.cpython-312.pyc', binary: true }],
    'warn compiled-code',
  ],
  ['bytecode of V8', [{ path: 'main.jsc', binary: true }], 'warn compiled-code'],
  ['a double extension', [{ path: 'report.pdf.exe' }], 'critical disguised-file'],
  ['a double extension behind blanks', [{ path: 'photo.png      .js', text: 'x' }], 'critical disguised-file'],
  ['a script behind a document', [{ path: 'invoice.docx.vbs', text: 'x' }], 'critical disguised-file'],
  ['a script under the name of an image', [{ path: 'logo.png', text: '#!/bin/sh\ncurl x' }], 'critical disguised-file'],
  [
    'code under the name of an image',
    [{ path: 'logo.jpg', text: "import os\nos.system('id')" }],
    'critical disguised-file',
  ],
  [
    'a program under the name of a text',
    [{ path: 'notes.txt', binary: true, executable: true }],
    'critical disguised-file',
  ],
  ['data under the name of a text', [{ path: 'data.json', binary: true }], 'warn disguised-file'],
  [
    'a script under the name of a text',
    [{ path: 'LICENSE.txt', text: '#!/bin/sh\n', executable: true }],
    'warn disguised-file',
  ],
  ['a hidden directory', [{ path: '.lib/run.py', text: 'x' }], 'warn hidden-code'],
  ['a hidden directory below', [{ path: 'src/.x/a/b.js', text: 'x' }], 'warn hidden-code'],
  ['a hidden script', [{ path: '.update.sh', text: 'x' }], 'warn hidden-code'],
  ['a link out', [{ path: 'data', symlink: '../../other' }], 'warn symlink-escape'],
  ['a link to keys', [{ path: 'docs/k', symlink: '../../../.ssh/id_rsa' }], 'critical symlink-escape'],
  ['an absolute link', [{ path: 'etc', symlink: '/etc/passwd' }], 'critical symlink-escape'],
  ['a name turned around', [{ path: 'invoice\u202egpj.exe' }], 'critical hidden-unicode'],
];

/** Name and files of what looks alike and is not. */
const BENIGN: readonly (readonly [string, readonly ScanFile[]])[] = [
  [
    'an ordinary package',
    [
      { path: 'index.js', text: READABLE },
      { path: 'package.json', text: '{}' },
      { path: 'README.md', text: '# x' },
    ],
  ],
  [
    'a built add-on',
    [
      { path: 'build/Release/a.node', binary: true },
      { path: 'prebuilds/linux-x64/b.node', binary: true },
    ],
  ],
  [
    'a program of a dependency',
    [{ path: 'node_modules/@esbuild/linux-x64/bin/esbuild', binary: true, executable: true }],
  ],
  [
    'pictures and fonts',
    [
      { path: 'a.png', binary: true },
      { path: 'b.woff2', binary: true },
      { path: 'c.svg', text: '<svg/>' },
    ],
  ],
  ['an archive of test data', [{ path: 'test/fixtures/a.zip', binary: true }]],
  [
    'cached bytecode with its source',
    [
      { path: 'a/__pycache__/x.cpython-312.pyc', binary: true },
      { path: 'a/x.py', text: 'x' },
    ],
  ],
  [
    'settings of tools',
    [
      { path: '.eslintrc.cjs', text: 'x' },
      { path: '.prettierrc.js', text: 'x' },
      { path: '.github/scripts/a.js', text: 'x' },
      { path: '.husky/pre-commit.sh', text: 'x' },
    ],
  ],
  [
    'versions and types in names',
    [
      { path: 'a.min.js', text: 'x' },
      { path: 'b.d.ts', text: 'x' },
      { path: 'v1.2.js', text: 'x' },
      { path: 'data.csv.ts', text: 'x' },
      { path: 'icon.png.js', text: 'x' },
      { path: 'x.test.js', text: 'x' },
    ],
  ],
  [
    'an archive of a manual',
    [
      { path: 'a.tar.gz', binary: true },
      { path: 'b.txt.gz', binary: true },
    ],
  ],
  [
    'a link inside',
    [
      { path: 'docs/latest', symlink: '../v1' },
      { path: 'CLAUDE.md', symlink: './AGENTS.md' },
    ],
  ],
  ['a script that says so', [{ path: 'run.sh', text: '#!/bin/sh\n', executable: true }]],
  ['a vector picture with a script tag', [{ path: 'a.svg', text: '<svg><script/></svg>' }]],
  [
    'dense code',
    [
      { path: 'a.js', text: READABLE },
      { path: 'b.js', text: READABLE },
      { path: 'c.js', text: DENSE },
    ],
  ],
  ['web assembly', [{ path: 'dist/a.wasm', binary: true }]],
  ['an executable text', [{ path: 'README.md', text: '# x', executable: true }]],
  ['skipped files', [{ path: 'big.json', skipped: 'too-large', bytes: 9e9 }]],
  [
    'a hidden directory that the code loads',
    [
      { path: 'dist/index.cjs', text: "require('./.setup/a.cjs')" },
      { path: 'dist/.setup/a.cjs', text: 'x' },
    ],
  ],
];

describe('judgeFiles', () => {
  it.each(MALICIOUS)('finds: %s', (_name, files, expected) => {
    expect(alarmRules(judgeFiles(files))).toContain(expected);
  });

  it.each(BENIGN)('leaves alone: %s', (_name, files) => {
    expect(alarms(judgeFiles(files))).toEqual([]);
  });

  it('mentions code that is packed unlike the rest', () => {
    const files = [
      { path: 'a.js', text: READABLE },
      { path: 'b.js', text: READABLE },
      { path: 'c.js', text: DENSE },
    ];
    expect(judgeFiles(files).map((f) => [f.severity, f.rule, f.steps[0]!.file])).toEqual([
      ['info', 'minified-source', 'c.js'],
    ]);
    expect(judgeFiles([{ path: 'dist/c.js', text: DENSE }])).toEqual([]);
  });

  it('names a hidden directory once', () => {
    const files = Array.from({ length: 50 }, (_, i) => ({ path: `.x/${i}.js`, text: 'x' }));
    expect(judgeFiles(files).filter((f) => f.rule === 'hidden-code')).toHaveLength(1);
  });

  it('never fails, whatever files are called', () => {
    const random = new Random(3);
    const pieces = [
      'a',
      '.',
      '..',
      '/',
      '\\',
      ' ',
      '.exe',
      '.png',
      '.pyc',
      '__pycache__',
      '\u202e',
      '\0',
      '\ud800',
      '.tar.gz',
      'node_modules',
      'é'.repeat(40),
      'x'.repeat(2000),
      '%',
      '.'.repeat(200),
    ];
    const name = () => Array.from({ length: random.below(6) }, () => random.pick(pieces)).join('');
    for (let i = 0; i < 300; i++) {
      const files: ScanFile[] = Array.from({ length: 5 }, () => ({
        path: name(),
        ...(random.chance(50) ? { text: name() } : {}),
        ...(random.chance(30) ? { symlink: name() } : {}),
        ...(random.chance(50) ? { binary: random.chance(50), executable: random.chance(50) } : {}),
      }));
      for (const finding of judgeFiles(files)) expect(finding.steps[0]!.pos).toBe(0);
    }
  });
});
