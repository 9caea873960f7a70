import { defineConfig, type UserWorkspaceConfig } from 'vitest/config';
import { compiledResolver } from './test/compiled-resolver.js';
import { LongestFirst } from './test/longest-first.js';

const project = (name: string, isolate: boolean): UserWorkspaceConfig => ({
  plugins: [compiledResolver()],
  test: {
    name,
    isolate,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A second, which is the default, is a claim about the machine and not about the product.
    expect: { poll: { timeout: 30_000, interval: 20 } },
    server: { deps: { external: [/\/\.cache\/tests\/src\//] } },
    pool: 'forks',
  },
});

export default defineConfig({
  test: {
    // Unit tests leave nothing behind, so that a process may run one file after the other with its modules loaded.
    projects: [project('integration', true), project('unit', false)],
    globalSetup: ['./test/temporary-root.ts', './test/compiled-sources.ts'],
    reporters: ['default', './test/summary-reporter.ts'],
    sequence: { sequencer: LongestFirst },
    // Over half of the time tests wait, for cameras above all: four keep two cores busy.
    maxWorkers: 4,
  },
});
