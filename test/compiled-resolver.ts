import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Plugin } from 'vitest/config';

const SOURCES = resolve(import.meta.dirname, '../src');

/**
 * Gives tests the compiled copy of src/ (see compiled-sources.ts), which Node loads by itself: as fast as in service, and
 * the threads that it starts need no translation either. Without a compiled copy the sources are taken.
 */
export const compiledResolver = (): Plugin => ({
  name: 'emoscope:compiled-sources',
  enforce: 'pre',
  resolveId(source, importer) {
    const compiled = process.env['EMOSCOPE_TEST_COMPILED'];
    if (compiled === undefined || importer === undefined || !source.startsWith('.') || !source.endsWith('.js')) return;
    const asked = resolve(dirname(importer), source);
    return asked.startsWith(SOURCES + sep)
      ? { id: join(compiled, relative(SOURCES, asked)), external: true }
      : undefined;
  },
});
