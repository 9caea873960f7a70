/** One line of the doctor's findings; `cause` names the fault for scripts. */
export interface Finding {
  readonly name: string;
  readonly outcome: 'ok' | 'warning' | 'failed';
  readonly detail: string;
  readonly cause: string | null;
}
