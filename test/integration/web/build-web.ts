import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds the dashboard into a folder, as `npm run build` does. */
export const buildWeb = async (outDir: string): Promise<void> => {
  await build({
    configFile: fileURLToPath(new URL('../../../web/vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir },
  });
};
