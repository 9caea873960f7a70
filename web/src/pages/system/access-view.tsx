import { useState } from 'preact/hooks';
import { ACCOUNT_ROLES, type AccountRole } from '../../../../src/contracts/service/account-role.js';
import { addKey, addUser, loadKeys, loadUsers, removeKey, removeUser, type User } from '../../data/access.js';
import { dateTime } from '../../values/format.js';
import { loadSession, sessionState } from '../../data/session.js';
import { t } from '../../i18n/i18n.js';
import { DeleteButton, Form } from '../../ui/form.js';
import { LoadedView, Refusal } from '../../ui/loaded-view.js';
import { useAction } from '../../hooks/use-action.js';
import { useData } from '../../hooks/use-data.js';
import { ChangeUser } from './change-user.js';
import { Field } from '../../ui/field.js';

/** Names as the service takes them. */
const NAME_PATTERN = '[\\p{L}\\p{N}][\\p{L}\\p{N}._@\\-]*';

const RoleSelect = ({ value, onChange }: { value: AccountRole; onChange: (role: AccountRole) => void }) => (
  <Field label={t('users.role')}>
    <select class="input" value={value} onChange={(event) => onChange(event.currentTarget.value as AccountRole)}>
      {ACCOUNT_ROLES.map((role) => (
        <option key={role} value={role}>
          {t(`account.${role}`)}
        </option>
      ))}
    </select>
  </Field>
);

const AddUser = ({ first, onDone }: { readonly first: boolean; readonly onDone: () => void }) => {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<AccountRole>(first ? 'admin' : 'operator');
  const action = useAction();
  const submit = async (): Promise<void> => {
    await addUser({ name, password, role });
    if (first) await loadSession();
  };
  const done = (): void => {
    setName('');
    setPassword('');
    if (!first) onDone();
  };
  return (
    <Form class="params" label={t('users.add')} onSubmit={() => action.run(submit, done)}>
      <Field label={t('users.name')}>
        <input
          class="input"
          name="new-user"
          required
          maxLength={63}
          pattern={NAME_PATTERN}
          title={t('users.name.hint')}
          autocomplete="off"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <Field label={t('users.password')}>
        <input
          class="input"
          name="new-password"
          type="password"
          required
          minLength={10}
          autocomplete="new-password"
          value={password}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
      </Field>
      <RoleSelect value={role} onChange={setRole} />
      <button type="submit" class="button primary" disabled={action.busy}>
        {t('users.add')}
      </button>
      <Refusal of={action} />
    </Form>
  );
};

const AddKey = ({ onDone }: { readonly onDone: () => void }) => {
  const [name, setName] = useState('');
  const [role, setRole] = useState<AccountRole>('viewer');
  const [token, setToken] = useState<string | null>(null);
  const action = useAction();
  const submit = (): Promise<{ token: string }> => addKey({ name, role });
  const done = (made: { readonly token: string }): void => {
    setToken(made.token);
    setName('');
    onDone();
  };
  return (
    <Form class="params" label={t('keys.add')} onSubmit={() => action.run(submit, done)}>
      <Field label={t('keys.name')}>
        <input
          class="input"
          name="new-key"
          required
          maxLength={63}
          pattern={NAME_PATTERN}
          title={t('users.name.hint')}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <RoleSelect value={role} onChange={setRole} />
      <button type="submit" class="button primary" disabled={action.busy}>
        {t('keys.add')}
      </button>
      {token !== null && (
        <div class="notice good" role="status">
          <span>{t('keys.once')}</span>
          <code class="mono" data-token>
            {token}
          </code>
        </div>
      )}
      <Refusal of={action} />
    </Form>
  );
};

interface LinesProps<Item extends User> {
  readonly items: readonly Item[];
  readonly sure: 'users.delete.sure' | 'keys.delete.sure';
  readonly remove: (item: Item) => Promise<unknown>;
  readonly onDone: () => void;
}

const Lines = <Item extends User>({ items, sure, remove, onDone }: LinesProps<Item>) => {
  const action = useAction();
  return (
    <>
      <Refusal of={action} />
      <div class="table-scroll">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t('users.name')}</th>
              <th scope="col">{t('users.role')}</th>
              <th scope="col">{t('users.since')}</th>
              <th scope="col">
                <span class="visually-hidden">{t('action.delete')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.name}>
                <th scope="row">{item.name}</th>
                <td>{t(`account.${item.role}`)}</td>
                <td class="nowrap">{dateTime(item.createdTs)}</td>
                <td class="num">
                  <DeleteButton
                    name={item.name}
                    sure={t(sure, { name: item.name })}
                    onDelete={() => action.run(() => remove(item), onDone)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
};

const Users = () => {
  const users = useData(loadUsers, []);
  return (
    <section class="card" aria-labelledby="users-title">
      <div class="card-head">
        <h2 id="users-title">{t('users.title')}</h2>
      </div>
      <LoadedView of={users}>
        {(list) => (
          <>
            {list.length === 0 ? (
              <p class="notice warn">{t('users.none')}</p>
            ) : (
              <Lines
                items={list}
                sure="users.delete.sure"
                remove={(user) => removeUser(user.name)}
                onDone={users.reload}
              />
            )}
            <AddUser key={String(list.length === 0)} first={list.length === 0} onDone={users.reload} />
            {list.length > 0 && <ChangeUser names={list.map((user) => user.name)} onDone={users.reload} />}
          </>
        )}
      </LoadedView>
    </section>
  );
};

const Keys = () => {
  const state = sessionState.value;
  const open = state.kind === 'known' && state.session.open;
  const keys = useData(loadKeys, []);
  return (
    <section class="card" aria-labelledby="keys-title">
      <div class="card-head">
        <h2 id="keys-title">{t('keys.title')}</h2>
      </div>
      <LoadedView of={keys}>
        {(list) => (
          <>
            {list.length === 0 ? (
              <p class="muted">{t('keys.none')}</p>
            ) : (
              <Lines items={list} sure="keys.delete.sure" remove={(key) => removeKey(key.id)} onDone={keys.reload} />
            )}
            {open ? <p class="small muted">{t('keys.first')}</p> : <AddKey onDone={keys.reload} />}
          </>
        )}
      </LoadedView>
    </section>
  );
};

/** Accounts of people and keys of machines. */
export const AccessView = () => (
  <>
    <Users />
    <Keys />
  </>
);
