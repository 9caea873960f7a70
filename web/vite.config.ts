import { join } from 'node:path';
import { defineConfig } from 'vite';

const at = (file: string): string => join(import.meta.dirname, file);

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rollupOptions: {
      input: {
        index: at('index.html'),
        kiosk: at('kiosk.html'),
        'kiosk-worker': at('src/kiosk/worker/kiosk-worker.ts'),
      },
      output: {
        // A worker serves what lies beside it and below, and is asked for by a name that stays.
        entryFileNames: ({ name }) => (name === 'kiosk-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/socket.io': { target: 'ws://127.0.0.1:8080', ws: true } } },
});
