import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ROW_KINDS } from '../../../src/store/ports/row-sink.js';

/** The system's words, of the pages, whose types this project knows nothing of. */
const systemWords = async (): Promise<Readonly<Record<string, readonly [ru: string, en: string]>>> => {
  const file = fileURLToPath(new URL('../../../web/src/i18n/system.ts', import.meta.url));
  const { system } = (await import(/* @vite-ignore */ file)) as {
    system: Readonly<Record<string, readonly [string, string]>>;
  };
  return system;
};

it('every kind of row that the store keeps has a name in both languages on the page of the system', async () => {
  const words = await systemWords();
  expect(ROW_KINDS.filter((kind) => !words[`store.${kind}`]?.every((word) => word !== ''))).toEqual([]);
});
