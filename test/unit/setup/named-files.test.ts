import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const FILES = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n').filter(existsSync);
/** History names what was there; the generated documents are tested by their generators. */
const LEFT_OUT = /^(CHANGELOG\.md|docs\/api\/)/;
const READ = FILES.filter((file) => /\.(ts|tsx|md|mjs|cjs|sh|ya?ml)$/.test(file) && !LEFT_OUT.test(file));

const FOLDERS =
  'src|web|test|bench|scripts|docs|models|deploy|api|pipeline|inference|ingest|metrics|store|report|runtime|config|contracts|disclosure|cli';
const NAMED = new RegExp(`(?<![\\w./-])((?:${FOLDERS})/[\\w./-]+\\.(?:tsx?|md|json|sh|mjs|cjs|py))`, 'g');
/** A folder, or a file without its ending, from the root of the tree. */
const NAMED_FOLDER = /(?<![\w./-])((?:src|test|bench|scripts|docs|models|deploy|web)\/[\w/-]*[\w-])(?![\w./*{<…-])/g;
const COMMENT = /^\s*(\/\/|\/?\*)/;

const isThere = (named: string): boolean => FILES.some((file) => file === named || file.endsWith(`/${named}`));

it('files that comments and documents name are there', () => {
  const missing = READ.flatMap((file) => {
    const lines = readFileSync(file, 'utf8').split('\n');
    const words = /\.(ts|tsx)$/.test(file) ? lines.filter((line) => COMMENT.test(line)) : lines;
    const named = words.flatMap((line) => [...line.matchAll(NAMED)].map(([, name = '']) => name));
    return named.filter((name) => !isThere(name)).map((name) => `${file}: ${name}`);
  });
  expect(missing).toEqual([]);
});

it('folders that comments and documents name are there', () => {
  const missing = READ.flatMap((file) => {
    const lines = readFileSync(file, 'utf8').split('\n');
    const words = /\.(ts|tsx)$/.test(file) ? lines.filter((line) => COMMENT.test(line)) : lines;
    const named = words.flatMap((line) => [...line.matchAll(NAMED_FOLDER)].map(([, name = '']) => name));
    return named
      .filter((name) => !FILES.some((known) => known.startsWith(`${name}/`) || known.startsWith(`${name}.`)))
      .map((name) => `${file}: ${name}`);
  });
  expect(missing).toEqual([]);
});
