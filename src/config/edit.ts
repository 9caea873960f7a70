import { randomBytes } from 'node:crypto';
import { chmodSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Document, isSeq, parseDocument, YAMLSeq } from 'yaml';
import { EmoscopeError } from '../runtime/errors.js';
import { readConfigText } from './read-text.js';
import type { ConfigInput } from './schema.js';

/** The lists that a running service may write back into its configuration file. */
export const EDITED_LISTS = ['streams', 'contacts', 'places', 'factors', 'employees'] as const;
export type EditedList = (typeof EDITED_LISTS)[number];

/** What is written of each list; absent: it stays as it is. */
export type ConfigEdit = { readonly [List in EditedList]?: readonly NonNullable<ConfigInput[List]>[number][] };

const cannotWrite = (message: string, cause?: unknown): EmoscopeError =>
  new EmoscopeError('CONFIG_WRITE', message, { cause });

/** The text with the given lists replaced; comments and order outside the changed items stay. */
export const editConfigText = (text: string, edit: ConfigEdit): string => {
  const parsed = parseDocument(text, { logLevel: 'error' });
  if (parsed.errors.length > 0) throw cannotWrite('The configuration file is no longer valid YAML.', parsed.errors[0]);
  const document: Document = parsed.contents === null ? new Document({}) : parsed;
  for (const key of EDITED_LISTS) {
    const wanted = edit[key];
    if (wanted === undefined) continue;
    const existing = document.get(key);
    const kept = new Map<string, unknown>();
    if (isSeq(existing)) {
      for (const item of existing.items) {
        const plain = (item as { toJSON(): { id: string } }).toJSON();
        kept.set(JSON.stringify(plain), item);
      }
    }
    const list = new YAMLSeq();
    for (const item of wanted) list.add(kept.get(JSON.stringify(item)) ?? document.createNode(item));
    document.set(key, list);
  }
  const written = document.toString({ lineWidth: 0 });
  const read = parseDocument(written).toJS() as ConfigEdit | null;
  for (const key of EDITED_LISTS) {
    if (edit[key] === undefined || JSON.stringify(read?.[key]) === JSON.stringify(edit[key])) continue;
    throw cannotWrite(`The ${key} cannot be written so that they are read back the same.`);
  }
  return written;
};

/** Rewrites the configuration file in one step (write beside it, rename), keeping its mode; throws CONFIG_WRITE. */
export const writeConfigEdit = (file: string, edit: ConfigEdit): void => {
  const text = editConfigText(readConfigText(file), edit);
  const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const mode = statSync(file).mode & 0o777;
    writeFileSync(temporary, text, { mode });
    chmodSync(temporary, mode);
    renameSync(temporary, file);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cannotWrite('The configuration file cannot be written.', cause);
  }
};
