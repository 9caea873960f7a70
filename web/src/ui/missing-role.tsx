import { MISSING_ROLE } from '../../../src/contracts/service/account-role.js';
import { sessionState, type Permission } from '../data/session.js';
import { language } from '../i18n/i18n.js';

/** In the place of what a role does not open: which role is needed, and which one the reader has. */
export const MissingRole = ({ needs, title }: { readonly needs: Permission; readonly title?: string }) => {
  const state = sessionState.value;
  if (state.kind !== 'known') return null;
  return (
    <div class="card empty" data-missing-role={needs}>
      {title !== undefined && <h1>{title}</h1>}
      <p>{MISSING_ROLE[needs][state.session.role][language.value]}</p>
    </div>
  );
};
