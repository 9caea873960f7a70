import { useState } from 'preact/hooks';
import { login } from '../data/session.js';
import { t } from '../i18n/i18n.js';
import { errorText } from '../ui/error-text.js';
import { Form } from '../ui/form.js';
import { Field } from '../ui/field.js';

/** Name and password; says in words why it did not work. */
export const LoginPage = () => {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await login(name, password);
    } catch (error) {
      setFailure(errorText(error));
      setPassword('');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form class="card login stack" label={t('login.title')} onSubmit={() => void submit()}>
      <div class="row">
        <img src="./favicon.svg" alt="" width="40" height="40" />
        <div>
          <h1>{t('login.title')}</h1>
          <p class="muted small">
            {t('app.name')} · {t('app.tagline')}
          </p>
        </div>
      </div>
      {failure !== null && (
        <div class="notice bad" role="alert">
          {failure}
        </div>
      )}
      <Field label={t('login.name')}>
        <input
          class="input"
          name="username"
          autocomplete="username"
          required
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <Field label={t('login.password')}>
        <input
          class="input"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          value={password}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
      </Field>
      <button type="submit" class="button primary" disabled={busy}>
        {t(busy ? 'login.busy' : 'login.submit')}
      </button>
    </Form>
  );
};
