import { checkGroups } from './check-groups.js';
import { contacts } from './contacts.js';
import { frames } from './frames.js';
import { observations } from './observations.js';
import type { RegisteredKind } from './row-kind.js';
import { samples } from './samples.js';
import { tracks } from './tracks.js';

/** Every kind of rows, in the order in which a commit writes them; a new one is a file here, a migration and its rules. */
export const REGISTERED_KINDS: readonly RegisteredKind[] = [
  samples,
  frames,
  tracks,
  contacts,
  observations,
  checkGroups,
];
