import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Short-lived objects of a thread: V8 would let each thread grow to 48 MB of them, though most live for one task. */
const YOUNG_GENERATION = { maxYoungGenerationSizeMb: 16 } as const;

/**
 * Starts a module of ours as a worker thread. Compiled code starts directly; from TypeScript sources (tests) the
 * worker first registers the loader, since `--import` is not honoured for worker threads.
 */
export const startWorker = (moduleUrl: URL, given: WorkerOptions = {}): Worker => {
  const options = { resourceLimits: YOUNG_GENERATION, ...given };
  if (import.meta.url.endsWith('.js')) return new Worker(moduleUrl, options);
  const source = new URL(moduleUrl.href.replace(/\.js$/, '.ts'));
  const bootstrap = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(source.href)}); })`;
  return new Worker(bootstrap, { ...options, eval: true });
};
