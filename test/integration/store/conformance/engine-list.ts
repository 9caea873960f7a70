import { openStore } from '../../../../src/store/open-store.js';
import type { OpenStore } from '../stores.js';

/**
 * How the store of a path is opened by each kind of engine; a path that was never used is an empty store. Whatever is
 * listed here has to pass every test of this folder.
 */
export const ENGINES: Readonly<Record<string, OpenStore>> = {
  duckdb: openStore,
};
