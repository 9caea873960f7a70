import { LANGUAGES } from '../../contracts/language.js';
import { open, readFile, rename, rm, stat, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { EmoscopeError } from '../../runtime/errors.js';
import { readEntries, type RefusedEntry } from '../file-entries.js';
import { ACCOUNT_ROLES } from './roles.js';

export const accountName = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,62}$/u, 'expected letters, digits, ".", "_", "@" or "-", at most 63');

const user = z.strictObject({
  name: accountName,
  role: z.enum(ACCOUNT_ROLES),
  createdTs: z.number(),
  /** Of the dashboard, as this person chose it. */
  language: z.enum(LANGUAGES).optional(),
  /** Changes with every new password, so that sessions opened with the old one end. */
  stamp: z.string(),
  password: z.strictObject({ n: z.int(), r: z.int(), p: z.int(), salt: z.string(), hash: z.string() }),
});

const key = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.enum(ACCOUNT_ROLES),
  createdTs: z.number(),
  /** SHA-256 of the secret half, hex; the secret has 256 random bits, so a slow hash adds nothing. */
  secretSha256: z.string(),
});

const fileSchema = z.strictObject({ version: z.literal(1), users: z.array(z.unknown()), keys: z.array(z.unknown()) });

export type StoredUser = z.output<typeof user>;
export type StoredKey = z.output<typeof key>;

export interface AccountsContent {
  readonly users: readonly StoredUser[];
  readonly keys: readonly StoredKey[];
  /** Entries that a person broke: nobody gets in by them, and they stay in the file. */
  readonly refused: { readonly users: readonly RefusedEntry[]; readonly keys: readonly RefusedEntry[] };
}

const EMPTY: AccountsContent = { users: [], keys: [], refused: { users: [], keys: [] } };
const LOCK_STALE_MS = 10_000;

const isMissing = (error: unknown): boolean => (error as { code?: unknown }).code === 'ENOENT';

/** Reads the file, each entry judged alone; a missing one is empty, an unreadable one is an error (never "no accounts"). */
export const readAccounts = async (path: string): Promise<AccountsContent> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return EMPTY;
    throw new EmoscopeError('CONFIG_INVALID', 'The accounts file cannot be read.', { cause: error });
  }
  try {
    const { users, keys } = fileSchema.parse(JSON.parse(text));
    const people = readEntries('users', users, user, ({ name }) => name);
    const programs = readEntries('keys', keys, key, ({ id }) => id);
    return { users: people.good, keys: programs.good, refused: { users: people.refused, keys: programs.refused } };
  } catch (error) {
    throw new EmoscopeError('CONFIG_INVALID', 'The accounts file is damaged.', { cause: error });
  }
};

/** The file's text: what is good, and behind it what could not be taken, as it stood. */
export const accountsText = ({ users, keys, refused }: AccountsContent): string => {
  const raw = (entries: readonly RefusedEntry[]): unknown[] => entries.map((entry) => entry.raw);
  const all = { version: 1, users: [...users, ...raw(refused.users)], keys: [...keys, ...raw(refused.keys)] };
  return `${JSON.stringify(all, null, 2)}\n`;
};

/** Replaces a file in one step, readable by its owner only. */
export const writeFileAtomically = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
};

/** Runs `change` while no other process changes the file; a lock left by a dead process is taken over after 10 s. */
export const withAccountsLock = async <T>(path: string, change: () => Promise<T>): Promise<T> => {
  const lock = `${path}.lock`;
  await mkdir(dirname(path), { recursive: true });
  for (let attempt = 0; ; attempt += 1) {
    try {
      await (await open(lock, 'wx', 0o600)).close();
      break;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EEXIST' || attempt >= 200) {
        throw new EmoscopeError(
          'CONFLICT',
          {
            ru: 'Файл учётных записей меняет другой процесс.',
            en: 'The accounts file is being changed by another process.',
          },
          { cause: error },
        );
      }
      const held = await stat(lock).catch(() => null);
      if (held !== null && Date.now() - held.mtimeMs > LOCK_STALE_MS) await rm(lock, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  try {
    return await change();
  } finally {
    await rm(lock, { force: true });
  }
};
