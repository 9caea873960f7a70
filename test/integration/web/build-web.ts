import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** In the folder of this run of the tests (see temporary-root.ts). */
const BUILT = path.join(tmpdir(), 'dashboard-built');

/** The folder of the dashboard, built as `npm run build` does, by the first who asks in a run of the tests; it is everybody's: only to read. */
export const builtWeb = async (): Promise<string> => {
  if (existsSync(BUILT)) return BUILT;
  const outDir = `${BUILT}.${process.pid}`;
  await build({
    configFile: fileURLToPath(new URL('../../../web/vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir },
  });
  try {
    await rename(outDir, BUILT);
  } catch (error) {
    // Somebody else was done first.
    if (!existsSync(BUILT)) throw error;
    await rm(outDir, { recursive: true });
  }
  return BUILT;
};
