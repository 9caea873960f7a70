import { randomBytes } from 'node:crypto';
import type { AccountRole } from '../../contracts/service/account-role.js';
import { openAccounts } from '../../pipeline/compose/accounts.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { audited } from '../audited.js';
import { readConfig, type CliContext } from '../context.js';
import { writeResult } from '../write-result.js';

export interface UserOptions {
  readonly config?: string;
  readonly role: AccountRole;
  readonly key?: boolean;
}

export interface UserChangeOptions {
  readonly config?: string;
  readonly role?: AccountRole;
  readonly password?: boolean;
}

const accountsOf = (context: CliContext, config?: string): ReturnType<typeof openAccounts> =>
  openAccounts(readConfig(context, config));

/** Changes accounts or keys, with an entry before and after in the audit log. */
const changing = <T>(
  context: CliContext,
  config: string | undefined,
  act: { readonly action: string; readonly target: string },
  work: () => Promise<T>,
): Promise<T> => audited(context, readConfig(context, config), { kind: 'administration', ...act }, work);

/**
 * `emoscope user add`: an account, or with `--key` an API key. The password comes from EMOSCOPE_PASSWORD, else a
 * random one is made; secrets are shown once.
 */
export const userAdd = async (context: CliContext, name: string, options: UserOptions): Promise<void> => {
  const accounts = await accountsOf(context, options.config);
  if (options.key === true) {
    const act = { action: 'keys.add', target: name };
    const { token } = await changing(context, options.config, act, () => accounts.addKey(name, options.role));
    context.err.write(`${context.say('secretOnce')}\n`);
    await writeResult(context, `${token}\n`);
    return;
  }
  const given = context.env['EMOSCOPE_PASSWORD'];
  const password = given ?? randomBytes(15).toString('base64url');
  const act = { action: 'users.add', target: name };
  await changing(context, options.config, act, () => accounts.addUser(name, password, options.role));
  if (given !== undefined) return;
  context.err.write(`${context.say('secretOnce')}\n`);
  await writeResult(context, `${password}\n`);
};

/** `emoscope user change`: a new password (as for `add`) with `--password`, a new role with `--role`. */
export const userChange = async (
  context: CliContext,
  name: string,
  { config, role, password: wantsPassword = false }: UserChangeOptions,
): Promise<void> => {
  if (role === undefined && !wantsPassword) {
    throw new EmoscopeError('USAGE', {
      ru: 'Скажите, что изменить: --password, --role или то и другое.',
      en: 'Say what to change: --password, --role, or both.',
    });
  }
  const accounts = await accountsOf(context, config);
  const given = context.env['EMOSCOPE_PASSWORD'];
  const password = wantsPassword ? (given ?? randomBytes(15).toString('base64url')) : undefined;
  const act = { action: 'users.change', target: name };
  await changing(context, config, act, () => accounts.changeUser(name, { password, role }));
  if (password === undefined || given !== undefined) return;
  context.err.write(`${context.say('secretOnce')}\n`);
  await writeResult(context, `${password}\n`);
};

/** `emoscope user list`: accounts and keys, without secrets. */
export const userList = async (context: CliContext, options: { readonly config?: string }): Promise<void> => {
  const accounts = await accountsOf(context, options.config);
  const day = (ts: number): string => new Date(ts).toISOString().slice(0, 10);
  const lines = [
    ...accounts
      .users()
      .map(({ name, role, createdTs }) => `user  ${name.padEnd(24)} ${role.padEnd(9)} ${day(createdTs)}`),
    ...accounts
      .keys()
      .map(({ id, name, role, createdTs }) => `key   ${name.padEnd(24)} ${role.padEnd(9)} ${day(createdTs)}  id ${id}`),
  ];
  await writeResult(context, lines.map((line) => `${line}\n`).join(''));
};

/** `emoscope user remove`: an account by name, or a key by id. */
export const userRemove = async (
  context: CliContext,
  name: string,
  options: { readonly config?: string },
): Promise<void> => {
  const accounts = await accountsOf(context, options.config);
  const remove = (action: string, work: () => Promise<void>): Promise<void> =>
    changing(context, options.config, { action, target: name }, work);
  if (accounts.users().some((user) => user.name === name))
    return remove('users.remove', () => accounts.removeUser(name));
  if (accounts.keys().some((key) => key.id === name)) return remove('keys.remove', () => accounts.removeKey(name));
  throw new EmoscopeError('NOT_FOUND', {
    ru: `Учётной записи «${name}» нет, и ключа с таким идентификатором тоже.`,
    en: `No account is called "${name}", and no key has this id.`,
  });
};
