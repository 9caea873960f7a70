import type { Role } from '../../../src/contracts/role.js';
import { t } from '../i18n/i18n.js';

/** The first cell of a report's line: a camera, and under it in which role. */
export const RowHead = ({ row }: { readonly row: { readonly name: string; readonly role: Role | null } }) => (
  <th scope="row">
    {row.name}
    <span class="ci">{row.role === null ? '' : t(`role.${row.role}`)}</span>
  </th>
);
