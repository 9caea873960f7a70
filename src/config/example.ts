import { stringify } from 'yaml';
import { configKeys, type ConfigKey } from './tree.js';
import { envName } from './env-overrides.js';

/** Values the example shows for keys that have no default. */
const SHOWN: Readonly<Record<string, unknown>> = {
  'server.tls.cert': './cert.pem',
  'server.tls.key': './key.pem',
  'metrics.smileAlarm': 0.2,
  'privacy.sellerAnalytics': 'aggregate',
  'mqtt.url': 'mqtt://user:pass@127.0.0.1:1883',
  'streams.[].id': 'till-customer',
  'streams.[].name': 'Касса, покупатель',
  'streams.[].url': 'rtsp://user:pass@camera-1/stream2',
  'streams.[].zones.[].id': 'till',
  'streams.[].zones.[].name': 'Касса',
  'streams.[].zones.[].role': 'seller',
  'streams.[].zones.[].polygon': [
    [0, 0],
    [0.5, 0],
    [0.5, 1],
    [0, 1],
  ],
  'contacts.[].id': 'till-1',
  'contacts.[].name': 'Касса 1',
  'contacts.[].seller': 'till-customer/till',
  'contacts.[].customer': 'till-customer',
  'places.[].id': 'till',
  'places.[].name': 'Касса',
  'places.[].views': ['till-customer'],
  'places.[].contact': 'till-1',
  'places.[].served': 'contacts',
  'factors.[].id': 'price',
  'factors.[].name': 'Цены',
  'employees.[].id': 'e-17',
  'employees.[].name': 'Анна',
};

const HEAD = `# EmoScope configuration: every key with its default. Keys shown as "# key:" are optional and absent by default.
# EMOSCOPE_… environment variables override any key, for example EMOSCOPE_SERVER_PORT=9000.
# This file is generated from the schema by "npm run docs"; copy it and keep only what you change.
`;

const OPTIONAL_BLOCKS = new Set(['server.tls', 'mqtt', 'streams.[].quality', 'streams.[].attention']);

const flow = (value: unknown): string => stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim();

/** A stream's override shows the site's default. */
const siteDefault = (key: ConfigKey): unknown => {
  const site = configKeys().find((other) => other.path.join('.') === key.path.slice(2).join('.'));
  return site?.defaultJson == null ? undefined : (JSON.parse(site.defaultJson) as unknown);
};

const lineFor = (key: ConfigKey, commented: boolean): string => {
  const name = key.path[key.path.length - 1] ?? '';
  const shown = SHOWN[key.path.join('.')] ?? siteDefault(key);
  const value = key.defaultJson === null ? shown : (JSON.parse(key.defaultJson) as unknown);
  const optional = commented || (key.defaultJson === null && !key.required && !isListItemBasic(key));
  const note = [key.description, key.type === 'list' || key.type === 'string' ? '' : `(${key.type})`]
    .filter(Boolean)
    .join(' ');
  return `${optional ? '# ' : ''}${name}: ${value === undefined ? "''" : flow(value)}${note === '' ? '' : `   # ${note}`}`;
};

const isListItemBasic = (key: ConfigKey): boolean =>
  ['id', 'name', 'url', 'seller', 'customer', 'polygon'].includes(key.path.at(-1) ?? '');

/** `emoscope.example.yaml`: every key of the schema with its default and meaning. */
export const exampleYaml = (): string => {
  const lines: string[] = [];
  let open: readonly string[] = [];
  for (const key of configKeys()) {
    const parents = key.path.slice(0, -1);
    const isObjectList =
      key.type === 'list' &&
      configKeys().some(
        (other) =>
          other.path.length > key.path.length &&
          other.path[key.path.length] === '[]' &&
          key.path.every((part, i) => other.path[i] === part),
      );
    let common = 0;
    while (common < open.length && open[common] === parents[common]) common += 1;
    let firstOfItem = false;
    for (let depth = common; depth < parents.length; depth += 1) {
      const part = parents[depth] ?? '';
      if (part === '[]') {
        firstOfItem = true;
        continue;
      }
      const block = parents.slice(0, depth + 1).join('.');
      if (parents[depth + 1] !== '[]') {
        if (depth === 0) lines.push('');
        lines.push(`${indent(parents.slice(0, depth))}${OPTIONAL_BLOCKS.has(block) ? '# ' : ''}${part}:`);
      }
    }
    open = parents;
    if (isObjectList) {
      if (parents.length === 0) lines.push('');
      lines.push(`${indent(parents)}${key.path.at(-1) ?? ''}:`);
      open = [...key.path];
      continue;
    }
    const commented = OPTIONAL_BLOCKS.has(parents.join('.'));
    const pad = indent(parents);
    lines.push(`${firstOfItem ? `${pad.slice(0, -2)}- ` : pad}${lineFor(key, commented)}`);
  }
  return `${HEAD}${lines.join('\n')}\n`;
};

const indent = (parents: readonly string[]): string => '  '.repeat(parents.length);

/** The configuration table of docs/configuration.md. */
export const configTable = (): string =>
  [
    '| key | type | default | meaning | environment |',
    '| --- | --- | --- | --- | --- |',
    ...configKeys().map((key) => {
      const path = key.path.join('.').replaceAll('.[]', '[]');
      const fallback = key.defaultJson === null ? (key.required ? '**required**' : '—') : `\`${key.defaultJson}\``;
      return `| \`${path}\` | ${key.type.replaceAll('|', '\\|')} | ${fallback} | ${key.description.replaceAll('|', '\\|')} | \`${envName(key)}\` |`;
    }),
  ].join('\n');
