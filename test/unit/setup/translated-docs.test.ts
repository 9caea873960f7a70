import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (name: string): string => readFileSync(`docs/${name}`, 'utf8');
const TRANSLATED = readdirSync('docs').flatMap((name) => /^(.+)\.ru\.md$/.exec(name)?.[1] ?? []);

/** Levels of headings and sizes of tables in their order. */
const structureOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => /^#+(?= )/.exec(line)?.[0] ?? (line.startsWith('|') ? `|${line.split('|').length}` : ''))
    .filter(Boolean);

/** What is written alike in both languages: code, and numbers in whatever notation. */
const codeOf = (text: string): string[] => [...text.matchAll(/`[^`\n]+`/g)].map(([code]) => code).sort();
const numbersOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .flatMap((line) => [...line.replaceAll('`', ' ').matchAll(/\d+(?:[.,]\d+)?/g)].map(([n]) => n.replace(',', '.')));

describe('documents in two languages', () => {
  it('are these', () => {
    expect(TRANSLATED).toEqual(expect.arrayContaining(['accuracy', 'metrics', 'security', 'statistics']));
  });

  it.each(TRANSLATED)('%s leads to its other language', (name) => {
    expect(read(`${name}.md`).includes(`(${name}.ru.md)`)).toBe(true);
    expect(read(`${name}.ru.md`).includes(`(${name}.md)`)).toBe(true);
  });

  it.each(['accuracy', 'security', 'statistics'])('%s has the same headings and tables in both', (name) => {
    expect(structureOf(read(`${name}.ru.md`))).toEqual(structureOf(read(`${name}.md`)));
  });

  it.each(['accuracy', 'security'])('%s names the same commands, files and figures in both', (name) => {
    const [ru, en] = [read(`${name}.ru.md`), read(`${name}.md`)];
    expect(codeOf(ru).filter((code) => !code.includes('<'))).toEqual(codeOf(en).filter((code) => !code.includes('<')));
    expect(numbersOf(ru)).toEqual(numbersOf(en));
  });
});
