import { describe, expect, it } from 'vitest';
import { parseDotenv } from '../../src/collect/dotenv.ts';

// What the package dotenv 17.4.2 answers, recorded: text, then names with the value that counts.
const RECORDED: [text: string, entries: [name: string, value: string][]][] = [
  ['A=1', [['A', '1']]],
  ['A=', [['A', '']]],
  ['A', []],
  ['A = 1', [['A', '1']]],
  ['  A=1', [['A', '1']]],
  ['export A=1', [['A', '1']]],
  ['export\tA=1', [['A', '1']]],
  ['export=1', [['export', '1']]],
  ['export A', []],
  ['A: 1', [['A', '1']]],
  ['A:1', []],
  ['A : 1', []],
  [
    'A=1\nB=2',
    [
      ['A', '1'],
      ['B', '2'],
    ],
  ],
  [
    'A=1\r\nB=2\rC=3',
    [
      ['A', '1'],
      ['B', '2'],
      ['C', '3'],
    ],
  ],
  ['A=1\nA=2', [['A', '2']]],
  ['# A=1', []],
  ['A=1 # note', [['A', '1']]],
  ['A=1#note', [['A', '1']]],
  ['A=#note', [['A', '']]],
  ['A="1 # 2"', [['A', '1 # 2']]],
  ['A="1" # note', [['A', '1']]],
  ['A="1"#note', [['A', '1']]],
  ["A='1'", [['A', '1']]],
  ['A=`1`', [['A', '1']]],
  ['A= "1" ', [['A', '1']]],
  ['A=" 1 "', [['A', ' 1 ']]],
  ['A="1', [['A', '"1']]],
  ['A=1"', [['A', '1"']]],
  ['A="1" 2', [['A', '"1" 2']]],
  ["A='it's'", [['A', "it's"]]],
  ['A="a\\nb\\r"', [['A', 'a\nb\r']]],
  ["A='a\\nb'", [['A', 'a\\nb']]],
  ['A=`a\\nb`', [['A', 'a\\nb']]],
  ['A=a\\nb', [['A', 'a\\nb']]],
  [
    'A="a\nb"\nB=1',
    [
      ['A', 'a\nb'],
      ['B', '1'],
    ],
  ],
  ["A='a\n# b\nc'", [['A', 'a\n# b\nc']]],
  ['A="a \\"b\\" c"', [['A', 'a \\"b\\" c']]],
  ['A="a\\"', [['A', 'a\\']]],
  ['A="a\\" # b"', [['A', 'a\\" # b']]],
  ['A=\n"1"', [['A', '1']]],
  [
    'A=\nB=1',
    [
      ['A', ''],
      ['B', '1'],
    ],
  ],
  ['A:\n1', [['A', '1']]],
  ['A\n=1', [['A', '1']]],
  ['A.b-c=1', [['A.b-c', '1']]],
  ['A B=1', []],
  ['1=2', [['1', '2']]],
  ['=1', []],
  ['"A"=1', []],
  ['A==1', [['A', '=1']]],
  ['A=b=c', [['A', 'b=c']]],
  [
    'A="x\nB=1',
    [
      ['A', '"x'],
      ['B', '1'],
    ],
  ],
  ['A={"a": "b"}', [['A', '{"a": "b"}']]],
  [`A=\${B}`, [['A', `\${B}`]]],
  ['A=$B', [['A', '$B']]],
  ['A=a\u2028B', [['A', 'a\u2028B']]],
  ['é=1', []],
  ['\n\n  A=1', [['A', '1']]],
  ['A="\'"', [['A', "'"]]],
  ["A='\"'", [['A', '"']]],
  ['A="`"', [['A', '`']]],
  ['A=""', [['A', '']]],
  ["A=''", [['A', '']]],
  ['A="""', [['A', '"']]],
  ['A=1\nB', [['A', '1']]],
  ['export export=1', [['export', '1']]],
  [
    'A="a\nb" c\nB=2',
    [
      ['A', '"a'],
      ['B', '2'],
    ],
  ],
  ['A="p#q"', [['A', 'p#q']]],
  ['A= p  q  ', [['A', 'p  q']]],
  ['A=\u00a01\u00a0', [['A', '1']]],
];

describe('parseDotenv', () => {
  it.each(RECORDED)('%j', (text, entries) => {
    expect([...new Map(parseDotenv(text).map(({ name, value }) => [name, value]))]).toEqual(entries);
  });

  it('gives every assignment with the line of its name', () => {
    const text = '# head\r\nA=1\r\n\r\nB="x\ny"\nexport C=3\n  A=2\n';
    expect(parseDotenv(text)).toEqual([
      { name: 'A', value: '1', line: 2 },
      { name: 'B', value: 'x\ny', line: 4 },
      { name: 'C', value: '3', line: 6 },
      { name: 'A', value: '2', line: 7 },
    ]);
  });

  it('keeps names that mean something to JavaScript', () => {
    expect(parseDotenv('__proto__=1\nconstructor=2').map((entry) => entry.name)).toEqual(['__proto__', 'constructor']);
  });

  const HOSTILE: [name: string, text: string][] = [
    ['blank lines', '\n'.repeat(1_000_000)],
    ['blanks', ' '.repeat(1_000_000)],
    ['names without a value', 'A\n'.repeat(500_000)],
    ['names and blank lines', 'A\n\n\n'.repeat(250_000)],
    ['export', 'export\n'.repeat(150_000)],
    ['quotes that do not close', 'A=" \n'.repeat(200_000)],
    ['escaped quotes', `A="${'\\"'.repeat(330_000)}`],
    ['escaped quotes on many lines', `A="${'\\" '.repeat(1000)}\n`.repeat(300)],
  ];
  it.each(HOSTILE)('reads a megabyte of %s without delay', (_, text) => {
    const start = performance.now();
    parseDotenv(text);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
