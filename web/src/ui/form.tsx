import type { ComponentChildren } from 'preact';
import { t } from '../i18n/i18n.js';
import { ROLES, STREAM_ROLES } from '../../../src/contracts/role.js';

interface FormProps {
  readonly class: string;
  readonly label: string;
  readonly onSubmit: () => void;
  readonly children: ComponentChildren;
}

/** A form that is handled here and never sent by the browser. */
export const Form = ({ class: className, label, onSubmit, children }: FormProps) => (
  <form
    class={className}
    aria-label={label}
    onSubmit={(event) => {
      event.preventDefault();
      onSubmit();
    }}
  >
    {children}
  </form>
);

/** The roles a zone can have, and those of a camera, which may be a counter. */
export const RoleOptions = ({ withCounter = false }: { readonly withCounter?: boolean }) => (
  <>
    {(withCounter ? STREAM_ROLES : ROLES).map((role) => (
      <option key={role} value={role}>
        {t(`role.${role}`)}
      </option>
    ))}
  </>
);

interface DeleteButtonProps {
  /** What is deleted, for those who do not see the line. */
  readonly name: string;
  /** On the button, where «delete» alone does not say it. */
  readonly words?: string;
  /** Asked before, where it cannot be undone. */
  readonly sure?: string;
  readonly onDelete: () => void;
}

export const DeleteButton = ({ name, words, sure, onDelete }: DeleteButtonProps) => (
  <button
    type="button"
    class="button danger"
    aria-label={words ?? `${t('action.delete')}: ${name}`}
    onClick={() => {
      if (sure === undefined || confirm(sure)) onDelete();
    }}
  >
    {words ?? t('action.delete')}
  </button>
);
