import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { EmoscopeError } from '../runtime/errors.js';
import { applyEnvironment, type ConfigProblem } from './env-overrides.js';
import type { Environment } from './environment.js';
import { machineTimeZone } from './machine-time-zone.js';
import { readConfigText } from './read-text.js';
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

/** A key without a value means the same as no key: its default. */
const withoutEmpty = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, withoutEmpty(item)]])),
  );
};

/** The document as plain values; what YAML allows and nobody can mean is refused in words. */
const plainOf = (text: string, file: string, lines: LineCounter): { document: Document; raw: unknown } => {
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
    // Broken YAML has no values to read.
    return { document, raw: document.errors.length > 0 ? null : withoutEmpty(document.toJS() ?? {}) };
  } catch (error) {
    const message = error instanceof RangeError ? 'the text is nested too deeply' : messageOf(error);
    return fail(file, [{ path: '', message, line: null }]);
  }
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Parses and checks configuration text, and tells the machine's zone for `auto`; throws CONFIG_INVALID with every problem at once. */
export const parseConfig = (text: string, file: string, env: Environment): Config => {
  const lines = new LineCounter();
  const { document, raw } = plainOf(text, file, lines);
  if (document.errors.length > 0) {
    fail(
      file,
      document.errors.map((error) => ({ path: '', message: error.message, line: lines.linePos(error.pos[0]).line })),
    );
  }
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) {
    return fail(file, [{ path: '', message: 'expected keys and values at the top', line: 1 }]);
  }
  const problems = applyEnvironment(raw as Record<string, unknown>, env);
  const parsed = configSchema.safeParse(raw);
  const findings = parsed.success
    ? [...checkReferences(parsed.data), ...checkMachineZone(parsed.data, env)]
    : parsed.error.issues.flatMap((issue) =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => ({ path: [...issue.path, key], message: 'unknown key' }))
          : [{ path: issue.path, message: issue.message }],
      );
  problems.push(
    ...findings.map(({ path, message }) => ({ path: pathText(path), message, line: lineOf(document, lines, path) })),
  );
  if (!parsed.success || problems.length > 0) return fail(file, problems);
  const { site } = parsed.data;
  const timeZone = site.timeZone === 'auto' ? (machineTimeZone(env) ?? 'UTC') : site.timeZone;
  return { ...parsed.data, site: { ...site, timeZone } };
};

/** `auto` needs a machine whose zone can be told. */
const checkMachineZone = (config: Config, env: Environment): { path: string[]; message: string }[] => {
  if (config.site.timeZone !== 'auto' || machineTimeZone(env) !== null) return [];
  const message = `the machine's time zone (TZ="${env['TZ'] ?? ''}") is not one that is known; set site.timeZone or TZ to an IANA name such as Europe/Moscow`;
  return [{ path: ['site', 'timeZone'], message }];
};

/** Reads and checks a configuration file; throws CONFIG_NOT_FOUND or CONFIG_INVALID. */
export const loadConfig = (file: string, env: Environment): Config => {
  return parseConfig(readConfigText(file), file, env);
};

/** All defaults, with overrides from the environment. */
export const defaultConfig = (env: Environment): Config => parseConfig('', 'environment', env);
