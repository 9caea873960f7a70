import type { ComponentChildren } from 'preact';
import { ApiError } from '../data/api-error.js';
import { t } from '../i18n/i18n.js';
import { errorText } from './error-text.js';
import type { Action } from '../hooks/use-action.js';
import type { Loaded } from '../hooks/use-data.js';

interface FailureProps {
  readonly error: unknown;
  /** What failed; default: loading. */
  readonly title?: string;
  readonly retry?: () => void;
}

/** A failure in words, with a way to try again. */
export const Failure = ({ error, title, retry }: FailureProps) => {
  const forbidden = error instanceof ApiError && error.code === 'FORBIDDEN';
  return (
    <div class="notice bad" role="alert">
      <strong>{title ?? t(forbidden ? 'state.forbidden' : 'state.failed')}</strong>
      <span>{errorText(error)}</span>
      {retry !== undefined && !forbidden && (
        <button type="button" class="button" onClick={retry}>
          {t('state.retry')}
        </button>
      )}
    </div>
  );
};

/** Why something a person asked for was not done; nothing while it was. */
export const Refusal = ({ of }: { readonly of: Action }) =>
  of.failure === null ? null : <Failure error={of.failure} title={t('state.refused')} />;

/** The button under a list that has more pages, and why the last press brought none. */
export const MoreButton = ({ loadMore, more }: { readonly loadMore: (() => void) | null; readonly more: Action }) => (
  <>
    <Refusal of={more} />
    {loadMore !== null && (
      <button type="button" class="button" disabled={more.busy} onClick={loadMore}>
        {t('action.more')}
      </button>
    )}
  </>
);

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
