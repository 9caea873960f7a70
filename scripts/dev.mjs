/**
 * The service and the dashboard from their sources, each made anew when a file changes; reload the page to see it.
 *
 *   npm run dev                                  the demo
 *   npm run dev -- serve --config emoscope.yaml  any other command
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build } from 'vite';

const root = path.join(import.meta.dirname, '..');
const given = process.argv.slice(2);

const watcher = await build({
  configFile: path.join(root, 'web', 'vite.config.ts'),
  logLevel: 'warn',
  // A page that is open still asks for the files it was made of.
  build: { watch: {}, emptyOutDir: false, minify: false },
});
watcher.on('event', ({ code, error }) => {
  if (code === 'END') console.error('dev: the dashboard is built');
  if (code === 'ERROR') console.error(`dev: the dashboard is not built: ${error.message}`);
});

const service = spawn(
  process.execPath,
  [
    path.join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs'),
    'watch',
    '--clear-screen=false',
    // Threads load files of which the process itself knows nothing.
    '--include',
    path.join(root, 'src', '**', '*.ts'),
    path.join(root, 'src', 'cli', 'main.ts'),
    ...(given.length > 0 ? given : ['demo']),
  ],
  { stdio: 'inherit' },
);
const stop = async () => {
  service.kill('SIGTERM');
  await watcher.close();
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
service.on('exit', async (code) => {
  await watcher.close();
  process.exitCode = code ?? 0;
});
