import { useState } from 'preact/hooks';
import { ACCOUNT_ROLES, type AccountRole } from '../../../../src/contracts/service/account-role.js';
import { changeUser } from '../../data/access.js';
import { t } from '../../i18n/i18n.js';
import { Form } from '../../ui/form.js';
import { Refusal } from '../../ui/loaded-view.js';
import { useAction } from '../../hooks/use-action.js';
import { Field } from '../../ui/field.js';

interface Props {
  readonly names: readonly string[];
  readonly onDone: () => void;
}

/** A new password or role for an account that exists; what is left empty stays. */
export const ChangeUser = ({ names, onDone }: Props) => {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<AccountRole | ''>('');
  const action = useAction();
  const body = { ...(password === '' ? {} : { password }), ...(role === '' ? {} : { role }) };
  const submit = (): Promise<unknown> => changeUser(name, body);
  const done = (): void => {
    setName('');
    setPassword('');
    setRole('');
    onDone();
  };
  const nothing = name === '' || (password === '' && role === '');
  return (
    <Form class="params" label={t('users.change')} onSubmit={() => action.run(submit, done)}>
      <Field label={t('users.account')}>
        <select class="input" value={name} onChange={(event) => setName(event.currentTarget.value)}>
          <option value="">{t('users.choose')}</option>
          {names.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('users.password.new')}>
        <input
          class="input"
          type="password"
          minLength={10}
          autocomplete="new-password"
          value={password}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
      </Field>
      <Field label={t('users.role.new')}>
        <select class="input" value={role} onChange={(event) => setRole(event.currentTarget.value as AccountRole | '')}>
          <option value="">{t('users.keep')}</option>
          {ACCOUNT_ROLES.map((one) => (
            <option key={one} value={one}>
              {t(`account.${one}`)}
            </option>
          ))}
        </select>
      </Field>
      <button type="submit" class="button" disabled={action.busy || nothing}>
        {t('users.change')}
      </button>
      <Refusal of={action} />
    </Form>
  );
};
