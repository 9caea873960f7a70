import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { EmoscopeError } from '../runtime/errors.js';
import { applyEnvironment, type ConfigProblem } from './env-overrides.js';
import type { Environment } from './environment.js';
import { checkReferences } from './references.js';
import { configSchema, type Config } from './schema.js';

const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );

/** Line of the deepest node of `path` that the file holds. */
const lineOf = (document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | null => {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
};

/** One line per problem, ready to print. */
const formatProblems = (file: string, problems: readonly ConfigProblem[]): string =>
  problems
    .map(
      ({ path, message, line }) =>
        `  ${file}${line === null ? '' : `:${line}`}  ${path === '' ? '' : `${path}: `}${message}`,
    )
    .join('\n');

const fail = (file: string, problems: readonly ConfigProblem[]): never => {
  throw new EmoscopeError(
    'CONFIG_INVALID',
    `The configuration has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n${formatProblems(file, problems)}`,
    { details: problems },
  );
};

/** Parses and checks configuration text; throws CONFIG_INVALID with every problem at once. */
export const parseConfig = (text: string, file: string, env: Environment): Config => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    fail(
      file,
      document.errors.map((error) => ({ path: '', message: error.message, line: lines.linePos(error.pos[0]).line })),
    );
  }
  const raw: unknown = document.toJS() ?? {};
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) {
    return fail(file, [{ path: '', message: 'expected keys and values at the top', line: 1 }]);
  }
  const problems = applyEnvironment(raw as Record<string, unknown>, env);
  const parsed = configSchema.safeParse(raw);
  const findings = parsed.success
    ? checkReferences(parsed.data)
    : parsed.error.issues.flatMap((issue) =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => ({ path: [...issue.path, key], message: 'unknown key' }))
          : [{ path: issue.path, message: issue.message }],
      );
  problems.push(
    ...findings.map(({ path, message }) => ({ path: pathText(path), message, line: lineOf(document, lines, path) })),
  );
  if (!parsed.success || problems.length > 0) return fail(file, problems);
  return parsed.data;
};

/** Reads and checks a configuration file; throws CONFIG_NOT_FOUND or CONFIG_INVALID. */
export const loadConfig = (file: string, env: Environment): Config => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new EmoscopeError('CONFIG_NOT_FOUND', `Cannot read the configuration ${resolve(file)}.`, { cause: error });
  }
  return parseConfig(text, file, env);
};

/** All defaults, with overrides from the environment. */
export const defaultConfig = (env: Environment): Config => parseConfig('', 'environment', env);
