import type { Page } from 'playwright-core';

/** Fills in the sign-in form, in Russian. */
export const signInAs = async (page: Page, name: string, secret: string): Promise<void> => {
  const form = page.getByRole('form', { name: 'Вход' });
  await form.getByLabel('Имя').fill(name);
  await form.getByLabel('Пароль').fill(secret);
  await form.getByRole('button', { name: 'Войти' }).click();
};

export interface Account {
  readonly name: string;
  readonly password: string;
  readonly role: string;
}

/** Creates an account on the page of accounts, in Russian. */
export const addAccount = async (page: Page, { name, password, role }: Account): Promise<void> => {
  const form = page.getByRole('form', { name: 'Создать запись' });
  await form.getByLabel('Имя').fill(name);
  await form.getByLabel(/Пароль/).fill(password);
  await form.getByRole('combobox').selectOption(role);
  await form.getByRole('button', { name: 'Создать запись' }).click();
};
