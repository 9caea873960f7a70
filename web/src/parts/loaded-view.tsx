import type { ComponentChildren } from 'preact';
import { ApiError } from '../data/api.js';
import { sessionState } from '../data/session.js';
import { t } from '../i18n/i18n.js';
import type { Loaded } from './use-data.js';

/** A failure in words, with a way to try again. */
export const Failure = ({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) => {
  const state = sessionState.value;
  const forbidden =
    error instanceof ApiError && error.status === 403 && error.code === 'FORBIDDEN' && state.kind === 'known';
  return (
    <div class="notice bad" role="alert">
      <strong>
        {forbidden ? t('state.forbidden', { role: t(`account.${state.session.role}`) }) : t('state.failed')}
      </strong>
      {!forbidden && <span>{error instanceof Error ? error.message : String(error)}</span>}
      {retry !== undefined && !forbidden && (
        <button type="button" class="button" onClick={retry}>
          {t('state.retry')}
        </button>
      )}
    </div>
  );
};

interface Props<Value> {
  readonly of: Loaded<Value>;
  readonly children: (value: Value) => ComponentChildren;
}

/** Loading, failed, or the value. */
export const LoadedView = <Value,>({ of, children }: Props<Value>) => (
  <>
    {of.error !== null && <Failure error={of.error} retry={of.reload} />}
    {of.value !== null
      ? children(of.value)
      : of.error === null && (
          <div class="empty" role="status">
            {t('state.loading')}
          </div>
        )}
  </>
);
