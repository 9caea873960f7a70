import { useState } from 'preact/hooks';
import { call } from '../../data/api.js';
import { dateTime } from '../../data/format.js';
import { loadSession, type AccountRole } from '../../data/session.js';
import { t } from '../../i18n/i18n.js';
import { Failure, LoadedView } from '../../parts/loaded-view.js';
import { useData } from '../../parts/use-data.js';

const ROLES = ['viewer', 'operator', 'analyst', 'admin'] as const satisfies readonly AccountRole[];

interface User {
  readonly name: string;
  readonly role: AccountRole;
  readonly createdTs: number;
}

interface Key extends User {
  readonly id: string;
}

const RoleSelect = ({ value, onChange }: { value: AccountRole; onChange: (role: AccountRole) => void }) => (
  <label class="field">
    <span>{t('users.role')}</span>
    <select class="input" value={value} onChange={(event) => onChange(event.currentTarget.value as AccountRole)}>
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {t(`account.${role}`)}
        </option>
      ))}
    </select>
  </label>
);

const AddUser = ({ first, onDone }: { readonly first: boolean; readonly onDone: () => void }) => {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<AccountRole>(first ? 'admin' : 'operator');
  const [failure, setFailure] = useState<unknown>(null);
  const submit = async (): Promise<void> => {
    try {
      await call('/users', { method: 'POST', body: { name, password, role } });
      setName('');
      setPassword('');
      setFailure(null);
      if (first) await loadSession();
      else onDone();
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <form
      class="params"
      aria-label={t('users.add')}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label class="field">
        <span>{t('users.name')}</span>
        <input
          class="input"
          name="new-user"
          required
          autocomplete="off"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>{t('users.password')}</span>
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
      </label>
      <RoleSelect value={role} onChange={setRole} />
      <button type="submit" class="button primary">
        {t('users.add')}
      </button>
      {failure !== null && <Failure error={failure} />}
    </form>
  );
};

const AddKey = ({ onDone }: { readonly onDone: () => void }) => {
  const [name, setName] = useState('');
  const [role, setRole] = useState<AccountRole>('viewer');
  const [token, setToken] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const submit = async (): Promise<void> => {
    try {
      const made = await call<{ token: string }>('/keys', { method: 'POST', body: { name, role } });
      setToken(made.token);
      setName('');
      setFailure(null);
      onDone();
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <form
      class="params"
      aria-label={t('keys.add')}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label class="field">
        <span>{t('keys.name')}</span>
        <input
          class="input"
          name="new-key"
          required
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <RoleSelect value={role} onChange={setRole} />
      <button type="submit" class="button primary">
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
      {failure !== null && <Failure error={failure} />}
    </form>
  );
};

interface LinesProps<Item extends User> {
  readonly items: readonly Item[];
  readonly sure: 'users.delete.sure' | 'keys.delete.sure';
  readonly remove: (item: Item) => Promise<unknown>;
  readonly onDone: () => void;
}

const Lines = <Item extends User>({ items, sure, remove, onDone }: LinesProps<Item>) => {
  const [failure, setFailure] = useState<unknown>(null);
  const ask = async (item: Item): Promise<void> => {
    if (!confirm(t(sure, { name: item.name }))) return;
    try {
      await remove(item);
      setFailure(null);
      onDone();
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <>
      {failure !== null && <Failure error={failure} />}
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
                  <button
                    type="button"
                    class="button danger"
                    aria-label={`${t('action.delete')}: ${item.name}`}
                    onClick={() => void ask(item)}
                  >
                    {t('action.delete')}
                  </button>
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
  const users = useData(async (signal) => (await call<{ items: readonly User[] }>('/users', { signal })).items, []);
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
                remove={(user) => call(`/users/${encodeURIComponent(user.name)}`, { method: 'DELETE' })}
                onDone={users.reload}
              />
            )}
            <AddUser key={String(list.length === 0)} first={list.length === 0} onDone={users.reload} />
          </>
        )}
      </LoadedView>
    </section>
  );
};

const Keys = () => {
  const keys = useData(async (signal) => (await call<{ items: readonly Key[] }>('/keys', { signal })).items, []);
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
              <Lines
                items={list}
                sure="keys.delete.sure"
                remove={(key) => call(`/keys/${encodeURIComponent(key.id)}`, { method: 'DELETE' })}
                onDone={keys.reload}
              />
            )}
            <AddKey onDone={keys.reload} />
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
