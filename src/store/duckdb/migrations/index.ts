import { answers } from './0005-answers.js';
import { base } from './0001-base.js';
import { checkGroups } from './0010-check-groups.js';
import { cells } from './0004-cells.js';
import { held } from './0008-held.js';
import { observations } from './0009-observations.js';
import { leftOut } from './0006-left-out.js';
import { frozen } from './0007-frozen.js';
import { losses } from './0003-losses.js';
import { rollups } from './0002-rollups.js';

/** Every version of the schema in order; a released one is never edited, only followed by the next. */
export const MIGRATIONS: readonly { readonly version: number; readonly name: string; readonly sql: string }[] = [
  { version: 1, name: 'base', sql: base },
  { version: 2, name: 'rollups', sql: rollups },
  { version: 3, name: 'losses', sql: losses },
  { version: 4, name: 'cells', sql: cells },
  { version: 5, name: 'answers', sql: answers },
  { version: 6, name: 'left-out', sql: leftOut },
  { version: 7, name: 'frozen', sql: frozen },
  { version: 8, name: 'held', sql: held },
  { version: 9, name: 'observations', sql: observations },
  { version: 10, name: 'check-groups', sql: checkGroups },
];
