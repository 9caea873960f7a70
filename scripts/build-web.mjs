import path from 'node:path';
import { build } from 'vite';

await build({
  configFile: path.join(import.meta.dirname, '..', 'web', 'vite.config.ts'),
  logLevel: 'warn',
});
