import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';

const FILES = execFileSync('git', ['ls-files', 'src/metrics'], { encoding: 'utf8' }).split('\n').filter(Boolean);

/** Texts of a file that speak Russian: whatever people read is in both languages. */
const wordsIn = (file: string): string[] => {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) && /\p{Script=Cyrillic}/u.test(node.text))
      found.push(`${file}: ${node.text}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
};

it('figures are made without words: what people read is said in reports', () => {
  expect(FILES.length).toBeGreaterThan(20);
  expect(FILES.flatMap(wordsIn)).toEqual([]);
});
