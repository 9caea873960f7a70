import type { Period } from '../../contracts/period.js';
import type { Covered } from '../../contracts/cell.js';
import type { Role } from '../../contracts/role.js';

/** Which rows a question is about; absent or empty means all. */
export interface RowFilter extends Period {
  readonly streams?: readonly string[];
  readonly roles?: readonly Role[];
  readonly zoneId?: string;
  /** Of a stream and role only what lies in these intervals; one that is not listed is left out. Absent: all. */
  readonly within?: readonly Covered[];
}
