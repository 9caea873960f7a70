import type { z } from 'zod';

/** One entry of a list in a file that a person may have edited, which could not be taken. */
export interface RefusedEntry {
  /** Where it stands, such as `webhooks[2]`. */
  readonly at: string;
  /** What is wrong with it, without its values: they may hold secrets. */
  readonly problem: string;
  /** The entry as it stood, so that writing the file loses nothing. */
  readonly raw: unknown;
}

const problemOf = ({ issues }: z.ZodError): string =>
  issues
    .map(({ code, path, message }) => {
      const place = path.join('.');
      return `${place === '' ? '' : `${place}: `}${code === 'custom' ? message : code.replaceAll('_', ' ')}`;
    })
    .join('; ');

/** The entries of a list that are as they should be, each judged alone; a second one with the same `keyOf` is refused. */
export const readEntries = <Schema extends z.ZodType>(
  name: string,
  entries: readonly unknown[],
  schema: Schema,
  keyOf: (entry: z.output<Schema>) => string,
): { readonly good: z.output<Schema>[]; readonly refused: RefusedEntry[] } => {
  const good = new Map<string, z.output<Schema>>();
  const refused: RefusedEntry[] = [];
  for (const [index, raw] of entries.entries()) {
    const at = `${name}[${index}]`;
    const read = schema.safeParse(raw);
    if (!read.success) refused.push({ at, problem: problemOf(read.error), raw });
    else if (good.has(keyOf(read.data))) refused.push({ at, problem: 'stands there twice', raw });
    else good.set(keyOf(read.data), read.data);
  }
  return { good: [...good.values()], refused };
};
