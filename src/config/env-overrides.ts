import { parse } from 'yaml';
import type { Environment } from './environment.js';
import { configKeys, type ConfigKey } from './tree.js';

/** Names with our prefix that are not configuration keys. */
const OTHER_NAMES = new Set([
  'EMOSCOPE_API_KEY',
  'EMOSCOPE_PASSWORD',
  'EMOSCOPE_CONFIG',
  'EMOSCOPE_LANG',
  'EMOSCOPE_RTSP_SERVER',
  'EMOSCOPE_CHROMIUM',
]);

/** No list of the configuration may be longer. */
const MOST_ITEMS = 256;

export interface ConfigProblem {
  readonly path: string;
  readonly message: string;
  /** Line in the configuration file, 1-based; null for the environment. */
  readonly line: number | null;
}

const snake = (key: string): string => key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();

/** `server.rateLimitPerMinute` → `EMOSCOPE_SERVER_RATE_LIMIT_PER_MINUTE`; list items by number. */
export const envName = (key: ConfigKey): string =>
  `EMOSCOPE_${key.path.map((part) => (part === '[]' ? 'N' : snake(part))).join('_')}`;

const patternOf = (key: ConfigKey): RegExp =>
  new RegExp(`^EMOSCOPE_${key.path.map((part) => (part === '[]' ? '(\\d+)' : snake(part))).join('_')}$`);

/** What an orchestrator sets for every service beside ours that is called emoscope…; never the names of our keys. */
const SERVICE_LINK =
  /^EMOSCOPE_(?:[A-Z0-9_]+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|PORT|PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:ADDR|PORT|PROTO))?)$/;
/** `EMOSCOPE_PORT=tcp://10.0.0.1:8080`: only a link's value tells it from a misspelt key. */
const LINK_VALUE = /^(?:tcp|udp|sctp):\/\//;

const isServiceLink = (name: string, text: string): boolean =>
  SERVICE_LINK.test(name) &&
  (!/_PORT$/.test(name) ||
    /_SERVICE_PORT$/.test(name) ||
    LINK_VALUE.test(text) ||
    /_\d+_(?:TCP|UDP|SCTP)_PORT$/.test(name));

/** Names in the environment that an orchestrator has set and that mean nothing to us. */
export const serviceLinks = (env: Environment): string[] =>
  Object.entries(env).flatMap(([name, text]) => (text !== undefined && isServiceLink(name, text) ? [name] : []));

const valueOf = (text: string, type: string): unknown =>
  type.startsWith('string') ? text : (parse(text, { logLevel: 'error' }) as unknown);

const assign = (root: Record<string, unknown>, path: readonly (string | number)[], value: unknown): void => {
  let node: Record<string | number, unknown> = root;
  path.forEach((part, index) => {
    if (index === path.length - 1) {
      node[part] = value;
      return;
    }
    const next = node[part];
    if (next === null || typeof next !== 'object') node[part] = typeof path[index + 1] === 'number' ? [] : {};
    node = node[part] as Record<string | number, unknown>;
  });
};

/** Writes every `EMOSCOPE_…` value into the parsed configuration; unknown names come back as problems. */
export const applyEnvironment = (root: Record<string, unknown>, env: Environment): ConfigProblem[] => {
  const patterns = configKeys().map((key) => ({ key, pattern: patternOf(key) }));
  const problems: ConfigProblem[] = [];
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith('EMOSCOPE_') || text === undefined) continue;
    if (OTHER_NAMES.has(name) || name.startsWith('EMOSCOPE_TEST_')) continue;
    const found = patterns.find(({ pattern }) => pattern.test(name));
    if (found === undefined && isServiceLink(name, text)) continue;
    if (found === undefined) {
      problems.push({ path: name, message: 'no configuration key has this name', line: null });
      continue;
    }
    const indices = (found.pattern.exec(name) ?? []).slice(1).map(Number);
    if (indices.some((index) => index >= MOST_ITEMS)) {
      problems.push({ path: name, message: `lists have at most ${MOST_ITEMS} items`, line: null });
      continue;
    }
    const path = found.key.path.map((part) => (part === '[]' ? (indices.shift() ?? 0) : part));
    try {
      assign(root, path, valueOf(text, found.key.type));
    } catch {
      problems.push({ path: name, message: 'the value is not understood', line: null });
    }
  }
  return problems;
};
