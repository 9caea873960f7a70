import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Bilingual } from '../../../src/contracts/bilingual.js';
import { ACCOUNT_ROLE_WORDS, EMOTION_WORDS, FIGURE_WORDS, ROLE_WORDS } from '../../../src/contracts/words.js';

const WORDS: readonly Bilingual[] = [EMOTION_WORDS, ROLE_WORDS, ACCOUNT_ROLE_WORDS, FIGURE_WORDS].flatMap((words) =>
  Object.values<Bilingual>(words),
);

const ROWS = readFileSync('docs/glossary.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, ru = '', en = '', code = '', about = '', not = '']) => ({ ru, en, code, about, not: not.split(', ') }));

const FILES = execFileSync('git', ['ls-files', 'src', 'web/src', 'docs', 'README.md', 'README.ru.md'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(?:ts|tsx|md)$/.test(file) && file !== 'docs/glossary.md')
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

const CYRILLIC = /\p{Script=Cyrillic}/u;

/** Every short text that the program has in both languages, as a pair of literals; МЭ-1 keeps the names of the original print. */
const PAIRS = FILES.filter(({ file }) => !file.endsWith('.md'))
  .flatMap(({ file, text }) =>
    [/\[\s*'([^'\n]{1,40})',\s*'([^'\n]{1,40})',?\s*\]/g, /\bru: '([^'\n]{1,40})',\s*en: '([^'\n]{1,40})'/g].flatMap(
      (literal) => [...text.matchAll(literal)].map(([, ru = '', en = '']) => ({ file, ru, en })),
    ),
  )
  .filter(({ ru }) => CYRILLIC.test(ru));

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

describe('the glossary', () => {
  it('explains every word that the program names once', () => {
    expect(ROWS.map(({ ru, en }) => ({ ru, en }))).toEqual(expect.arrayContaining([...WORDS]));
    expect(WORDS).toHaveLength(ROWS.length);
  });

  it('is followed: a thing has one name in each language', () => {
    expect(PAIRS.length).toBeGreaterThan(500);
    const others = PAIRS.filter((pair) => ROWS.some((row) => same(row.en, pair.en) && !same(row.ru, pair.ru)));
    expect(others).toEqual([]);
  });

  it.each(ROWS.flatMap(({ ru, not }) => not.map((word) => [ru, word] as const)))(
    '«%s» is not called «%s» anywhere',
    (_, word) => {
      const begin = new RegExp(`(?<!\\p{L})${word.replace(/…$/, '\\p{L}*')}(?!\\p{L})`, 'iu');
      expect(FILES.filter(({ text }) => begin.test(text)).map(({ file }) => file)).toEqual([]);
    },
  );
});
