import { afterEach, describe } from 'vitest';
import { Stores } from '../stores.js';
import { ENGINES } from './engine-list.js';

/** Describes tests in the words of the store's ports, once for each engine; stores are closed after each test. */
export const onEveryEngine = (describeTests: (stores: Stores, engine: string) => void): void => {
  for (const [engine, open] of Object.entries(ENGINES)) {
    describe(`a store kept by ${engine}`, () => {
      const stores = new Stores(open);
      afterEach(() => stores.closeAll());
      describeTests(stores, engine);
    });
  }
};
