import type { Language } from '../../contracts/language.js';
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { EmoscopeError } from '../../runtime/errors.js';
import {
  accountName,
  accountsText,
  readAccounts,
  withAccountsLock,
  writeFileAtomically,
  type AccountsContent,
  type StoredKey,
  type StoredUser,
} from './accounts-file.js';
import { hashPassword, verifyPassword } from './passwords.js';
import type { AccountRole } from './roles.js';

export interface UserView {
  readonly name: string;
  readonly role: AccountRole;
  /** Of the dashboard for this person; null: none chosen. */
  readonly language: Language | null;
  readonly createdTs: number;
}

/** What of an account can be changed; absent fields stay. */
export interface UserChange {
  readonly password?: string | undefined;
  readonly role?: AccountRole | undefined;
  readonly language?: Language | null | undefined;
}

export interface KeyView {
  readonly id: string;
  readonly name: string;
  readonly role: AccountRole;
  readonly createdTs: number;
}

/** Beside the accounts: says that there are some, so that a file that is gone is not taken for one that never was. */
const markOf = (path: string): string => `${path}.in-use`;
const MARK_TEXT = 'Accounts exist. Without their file nobody is let in. Removing the last account removes this file.\n';
const NOBODY: AccountsContent = { users: [], keys: [], refused: { users: [], keys: [] } };
const RECHECK_MS = 400;
export const MIN_PASSWORD_LENGTH = 10;
const sizeOf = ({ users, keys, refused }: AccountsContent): number =>
  users.length + keys.length + refused.users.length + refused.keys.length;
const isThere = async (path: string): Promise<boolean> => (await stat(path).catch(() => null)) !== null;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const conflict = (ru: string, en: string): EmoscopeError => new EmoscopeError('CONFLICT', { ru, en });

const unknownName = (): EmoscopeError =>
  new EmoscopeError('NOT_FOUND', { ru: 'Учётной записи с таким именем нет.', en: 'No account has this name.' });

const exists = (ru: string, en: string): EmoscopeError => new EmoscopeError('EXISTS', { ru, en });

const hasAdmin = (users: readonly StoredUser[]): boolean => users.some((user) => user.role === 'admin');

const checkPassword = (password: string): void => {
  if (password.length >= MIN_PASSWORD_LENGTH && password.length <= 1000) return;
  throw new EmoscopeError('VALIDATION', {
    ru: `В пароле не меньше ${MIN_PASSWORD_LENGTH} знаков.`,
    en: `A password has at least ${MIN_PASSWORD_LENGTH} characters.`,
  });
};

/** Accounts and API keys in one file of hashes; several processes (service and command line) may share it. */
export class Accounts {
  private checkedMs = -Infinity;
  private changes = 0;
  private loading: Promise<void> = Promise.resolve();
  /** Accounts existed, and their file is missing or cannot be read: nobody is let in until it is back. */
  private isLost = false;
  private stampOnDisk = '';

  private constructor(
    private readonly path: string,
    private content: AccountsContent,
  ) {}

  /** Throws CONFIG_INVALID when the file exists but is damaged or unreadable. */
  static async open(path: string): Promise<Accounts> {
    const accounts = new Accounts(path, NOBODY);
    await accounts.refresh();
    return accounts;
  }

  /** Takes over changes made by another process; looks at the disk a few times a second at most, or `atOnce`. */
  async refresh(atOnce = false): Promise<void> {
    const now = performance.now();
    if (!atOnce && now - this.checkedMs < RECHECK_MS) return;
    this.checkedMs = now;
    await this.load();
  }

  /** Grows with every change of the content. */
  get version(): number {
    return this.changes;
  }

  get hasAccounts(): boolean {
    return this.isLost || sizeOf(this.content) > 0;
  }

  /** Entries of the file that could not be taken, as sentences without their values. */
  get problems(): readonly string[] {
    const { users, keys } = this.content.refused;
    const lost = this.isLost
      ? [
          'the file is missing or cannot be read although accounts existed: nobody is let in until it is back, or "emoscope user add" has made a new one',
        ]
      : [];
    return [...lost, ...[...users, ...keys].map(({ at, problem }) => `${at}: ${problem}`)];
  }

  users(): readonly UserView[] {
    return this.content.users.map(({ name, role, createdTs, language = null }) => ({
      name,
      role,
      language,
      createdTs,
    }));
  }

  keys(): readonly KeyView[] {
    return this.content.keys.map(({ id, name, role, createdTs }) => ({ id, name, role, createdTs }));
  }

  /** The stored account, for checking that a session is still good. */
  find(name: string): StoredUser | undefined {
    return this.content.users.find((user) => user.name === name);
  }

  /** The account when the password is right, else null; equally slow in every case. */
  async authenticate(name: string, password: string): Promise<StoredUser | null> {
    await this.refresh(true);
    const user = this.find(name);
    return (await verifyPassword(password, user?.password ?? null)) ? (user ?? null) : null;
  }

  /** The key when the token is right, else null. */
  keyOf(token: string): StoredKey | null {
    const [, id, secret] = /^emk_([a-z0-9]{12})_([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
    if (id === undefined || secret === undefined) return null;
    const key = this.content.keys.find((candidate) => candidate.id === id);
    const actual = Buffer.from(sha256(secret));
    const expected = Buffer.from(key?.secretSha256 ?? sha256(''));
    return timingSafeEqual(actual, expected) && key !== undefined ? key : null;
  }

  /** Adds an account; the first one must be an admin (CONFLICT). Throws EXISTS for a name that is taken, VALIDATION. */
  async addUser(name: string, password: string, role: AccountRole): Promise<void> {
    if (!accountName.safeParse(name).success) {
      throw new EmoscopeError('VALIDATION', {
        ru: 'Такое имя учётной записи не подходит.',
        en: 'This account name is not allowed.',
      });
    }
    checkPassword(password);
    const secret = { stamp: randomUUID(), password: await hashPassword(password) };
    const stored: StoredUser = { name, role, createdTs: Date.now(), ...secret };
    await this.change((content) => {
      if (content.users.some((user) => user.name === name)) {
        throw exists(
          `Учётная запись «${name}» уже есть; её пароль и роль не изменены.`,
          `An account called "${name}" exists already; its password and role are as they were.`,
        );
      }
      const users = [...content.users, stored];
      if (!hasAdmin(users)) {
        throw conflict('Первой создаётся запись администратора.', 'The first account must be an admin.');
      }
      return { ...content, users };
    });
  }

  /** Gives an account a new password (its sessions end), role or language. Throws NOT_FOUND, VALIDATION, or CONFLICT for the last admin. */
  async changeUser(name: string, { password, role, language }: UserChange): Promise<void> {
    if (password !== undefined) checkPassword(password);
    const secret = password === undefined ? {} : { stamp: randomUUID(), password: await hashPassword(password) };
    await this.change((content) => {
      const users = content.users.map((user): StoredUser => {
        if (user.name !== name) return user;
        const { language: before, ...rest } = user;
        const chosen = language === undefined ? before : (language ?? undefined);
        const spoken = chosen === undefined ? {} : { language: chosen };
        return { ...rest, ...spoken, ...secret, role: role ?? user.role };
      });
      if (!users.some((user) => user.name === name)) throw unknownName();
      if (!hasAdmin(users)) {
        throw conflict(
          'Последний администратор остаётся администратором: сначала дайте эту роль ещё кому-нибудь.',
          'The last admin stays one: give that role to somebody else first.',
        );
      }
      return { ...content, users };
    });
  }

  /** Throws NOT_FOUND, or CONFLICT for the last admin while other accounts or keys remain. */
  async removeUser(name: string): Promise<void> {
    await this.change((content) => {
      const users = content.users.filter((user) => user.name !== name);
      if (users.length === content.users.length) throw unknownName();
      if ((users.length > 0 || content.keys.length > 0) && !hasAdmin(users)) {
        throw conflict(
          'Последнего администратора можно удалить только после всех остальных учётных записей и ключей.',
          'The last admin can only be removed after every other account and key.',
        );
      }
      return { ...content, users };
    });
  }

  /** Makes a key; `token` is shown this once and cannot be read back. Throws EXISTS for a name that is taken, CONFLICT. */
  async addKey(name: string, role: AccountRole): Promise<KeyView & { readonly token: string }> {
    const id = randomBytes(6).toString('hex');
    const secret = randomBytes(32).toString('base64url');
    const key: StoredKey = { id, name, role, createdTs: Date.now(), secretSha256: sha256(secret) };
    await this.change((content) => {
      if (content.users.length === 0) {
        throw conflict(
          'Перед первым ключом создайте запись администратора.',
          'Create an admin account before the first key.',
        );
      }
      if (content.keys.some((other) => other.name === name)) {
        throw exists(
          `Ключ «${name}» уже есть: по имени его узнают в журнале, поэтому оно одно.`,
          `A key called "${name}" exists already; the audit log tells keys by their names.`,
        );
      }
      return { ...content, keys: [...content.keys, key] };
    });
    return { id, name, role, createdTs: key.createdTs, token: `emk_${id}_${secret}` };
  }

  /** Throws NOT_FOUND. */
  async removeKey(id: string): Promise<void> {
    await this.change((content) => {
      const keys = content.keys.filter((key) => key.id !== id);
      if (keys.length === content.keys.length) {
        throw new EmoscopeError('NOT_FOUND', { ru: 'Такого ключа нет.', en: 'No key has this id.' });
      }
      return { ...content, keys };
    });
  }

  private async change(edit: (content: AccountsContent) => AccountsContent): Promise<void> {
    await withAccountsLock(this.path, async () => {
      const next = edit(await readAccounts(this.path));
      const isEmpty = sizeOf(next) === 0;
      if (!isEmpty) await this.mark();
      await writeFileAtomically(this.path, accountsText(next));
      if (isEmpty) await rm(markOf(this.path), { force: true });
      await this.load();
    });
  }

  private async mark(): Promise<void> {
    if (!(await isThere(markOf(this.path)))) await writeFileAtomically(markOf(this.path), MARK_TEXT);
  }

  /** One reading after the other: an older one that took longer must not replace what a newer one has read. */
  private load(): Promise<void> {
    const mine = this.loading.then(() => this.loadNow());
    this.loading = mine.catch(() => undefined);
    return mine;
  }

  private async loadNow(): Promise<void> {
    const info = await stat(this.path).catch(() => null);
    const stamp = info === null ? 'missing' : `${info.ino}:${info.mtimeMs}:${info.size}`;
    if (stamp === this.stampOnDisk) return;
    this.changes += 1;
    try {
      const content = await readAccounts(this.path);
      this.isLost = info === null && (await isThere(markOf(this.path)));
      // Files of earlier versions have no mark yet; where none can be written the file itself has to do.
      if (sizeOf(content) > 0) await this.mark().catch(() => undefined);
      this.content = content;
      this.stampOnDisk = stamp;
    } catch (error) {
      this.isLost = true;
      this.content = NOBODY;
      this.stampOnDisk = '';
      throw error;
    }
  }
}
