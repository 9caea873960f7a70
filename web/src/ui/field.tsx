import type { ComponentChildren } from 'preact';

interface Props {
  readonly label: string;
  /** A sentence below the control. */
  readonly hint?: string;
  readonly children: ComponentChildren;
}

/** A control with its label, and what else must be known to fill it in. */
export const Field = ({ label, hint, children }: Props) => (
  <label class="field">
    <span>{label}</span>
    {children}
    {hint !== undefined && <span>{hint}</span>}
  </label>
);
