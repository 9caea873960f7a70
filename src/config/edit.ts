import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { Document, isSeq, parseDocument, YAMLSeq } from 'yaml';
import type { ConfigInput } from './schema.js';

type StreamInput = NonNullable<ConfigInput['streams']>[number];
type ContactInput = NonNullable<ConfigInput['contacts']>[number];

/** What a running service may write back into its configuration file. */
export interface ConfigEdit {
  readonly streams?: readonly StreamInput[];
  readonly contacts?: readonly ContactInput[];
}

/** The text with the given lists replaced; comments and order outside the changed items stay. */
export const editConfigText = (text: string, edit: ConfigEdit): string => {
  const parsed = parseDocument(text);
  const document: Document = parsed.contents === null ? new Document({}) : parsed;
  for (const key of ['streams', 'contacts'] as const) {
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
  return document.toString({ lineWidth: 0 });
};

/** Rewrites the configuration file in one step (write beside it, rename), keeping its mode. */
export const writeConfigEdit = (file: string, edit: ConfigEdit): void => {
  const text = editConfigText(readFileSync(file, 'utf8'), edit);
  const mode = statSync(file).mode & 0o777;
  const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  writeFileSync(temporary, text, { mode });
  chmodSync(temporary, mode);
  renameSync(temporary, file);
};
