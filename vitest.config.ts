import { defineConfig } from 'vitest/config';
import { compiledResolver } from './test/compiled-resolver.js';

export default defineConfig({
  plugins: [compiledResolver()],
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['./test/temporary-root.ts', './test/compiled-sources.ts'],
    reporters: ['default', './test/summary-reporter.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A second, which is the default, is a claim about the machine and not about the product.
    expect: { poll: { timeout: 30_000, interval: 20 } },
    server: { deps: { external: [/\/\.cache\/tests\/src\//] } },
    pool: 'forks',
    maxWorkers: 2,
  },
});
