import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';

const isExported = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;

const isCode = ({ initializer }: ts.VariableDeclaration): boolean =>
  initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));

/** Names of the functions and classes that a module gives out. */
const codeIn = (file: string): string[] =>
  ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest).statements.flatMap((node) => {
    if (!isExported(node)) return [];
    if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return [node.name?.text ?? 'default'];
    if (!ts.isVariableStatement(node)) return [];
    return node.declarationList.declarations
      .filter(isCode)
      .map(({ name }) => (ts.isIdentifier(name) ? name.text : '?'));
  });

it('contracts give out schemas, lists and types', () => {
  const files = execFileSync('git', ['ls-files', 'src/contracts'], { encoding: 'utf8' }).split('\n').filter(existsSync);
  const found = files.flatMap((file) => codeIn(file).map((name) => `${file.replace('src/contracts/', '')} ${name}`));
  expect(files.length).toBeGreaterThan(10);
  expect(found).toEqual([]);
});
