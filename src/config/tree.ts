import { z } from 'zod';
import { configSchema } from './schema.js';

/** One key of the configuration as the schema describes it; paths use `[]` for list items. */
export interface ConfigKey {
  readonly path: readonly string[];
  readonly type: string;
  /** JSON text of the default, or null where the key is required or absent by default. */
  readonly defaultJson: string | null;
  readonly required: boolean;
  readonly description: string;
}

interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode | false;
  readonly prefixItems?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

const typeOf = (node: SchemaNode): string => {
  if (node.enum !== undefined) return node.enum.map(String).join(' | ');
  if (node.const !== undefined) return JSON.stringify(node.const).replaceAll('"', '');
  if (node.anyOf !== undefined) return node.anyOf.map(typeOf).join(' | ');
  if (node.type === 'array') return 'list';
  const bounded = (limit: number | undefined): limit is number => limit !== undefined && Math.abs(limit) < 1e9;
  const range = bounded(node.minimum) || bounded(node.maximum);
  const base = String(node.type ?? 'any');
  return range
    ? `${base} ${bounded(node.minimum) ? node.minimum : ''}…${bounded(node.maximum) ? node.maximum : ''}`
    : base;
};

const walk = (node: SchemaNode, path: readonly string[], required: boolean): ConfigKey[] => {
  if (node.properties !== undefined) {
    const needed = new Set(node.required ?? []);
    return Object.entries(node.properties).flatMap(([key, child]) => walk(child, [...path, key], needed.has(key)));
  }
  const own: ConfigKey = {
    path,
    type: typeOf(node),
    defaultJson: node.default === undefined ? null : JSON.stringify(node.default),
    required,
    description: node.description ?? '',
  };
  if (node.type === 'array' && node.items && node.items.properties !== undefined) {
    return [own, ...walk(node.items, [...path, '[]'], false)];
  }
  return [own];
};

/** The JSON Schema of what a configuration file may hold. */
const configJsonSchema = (): SchemaNode => z.toJSONSchema(configSchema, { io: 'input' }) as SchemaNode;

/** Every leaf key of the configuration, in schema order. */
export const configKeys = (): ConfigKey[] => walk(configJsonSchema(), [], true);
