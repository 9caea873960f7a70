import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** Most lines of a file and most files of a folder: what a reader can hold. A test may tell a longer story. */
const LIMITS = [
  { of: 'code', files: /^(src|web)\/.*\.(ts|tsx|css)$/, lines: 300, inFolder: 20 },
  {
    of: 'tests and tools',
    files: /^(test|bench|scripts|models|examples)\/.*\.(ts|tsx|mjs)$/,
    lines: 400,
    inFolder: 40,
  },
] as const;

const FILES = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n').filter(existsSync);

describe.each(LIMITS)('$of', ({ files, lines, inFolder }) => {
  const own = FILES.filter((file) => files.test(file));

  it(`no file has more than ${lines} lines`, () => {
    const long = own
      .map((file) => ({ file, lines: readFileSync(file, 'utf8').trimEnd().split('\n').length }))
      .filter((one) => one.lines > lines);
    expect(own.length).toBeGreaterThan(0);
    expect(long).toEqual([]);
  });

  it(`no folder has more than ${inFolder} files`, () => {
    const folders = new Map<string, number>();
    for (const file of own) folders.set(path.dirname(file), (folders.get(path.dirname(file)) ?? 0) + 1);
    const full = [...folders].filter(([, count]) => count > inFolder);
    expect(full).toEqual([]);
  });
});

it('no words of a database stand above the store', () => {
  const above = FILES.filter((file) => /^src\/(api|report|reporting|metrics|disclosure)\/.*\.ts$/.test(file));
  expect(above.length).toBeGreaterThan(0);
  expect(above.filter((file) => /duckdb/i.test(readFileSync(file, 'utf8')))).toEqual([]);
});
