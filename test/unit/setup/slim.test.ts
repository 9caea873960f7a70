import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const FILES = [
  'onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1',
  'onnxruntime-node/bin/napi-v6/linux/arm64/libonnxruntime.so.1',
  'onnxruntime-node/bin/napi-v6/darwin/arm64/libonnxruntime.dylib',
  'onnxruntime-node/bin/napi-v6/win32/x64/onnxruntime.dll',
  '@duckdb/node-api/lib/index.js',
  '@duckdb/node-bindings/duckdb.js',
  '@duckdb/node-bindings-linux-x64/duckdb.node',
  '@duckdb/node-bindings-linux-x64-musl/duckdb.node',
  '@some/nets/models/used.json',
  '@some/nets/models/used.bin',
  '@some/nets/models/unused.bin',
  '@some/nets/demo/sample1.jpg',
  'library/index.js',
  'library/index.js.map',
];

const manifest = {
  models: {
    one: { source: { package: '@some/nets', files: [{ path: 'models/used.json' }, { path: 'models/used.bin' }] } },
  },
};

let root = '';
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'slim-'));
  for (const file of FILES) {
    const target = path.join(root, 'node_modules', file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, file);
  }
  await mkdir(path.join(root, 'models'));
  await writeFile(path.join(root, 'models/manifest.json'), JSON.stringify(manifest));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('what a running service does without', () => {
  const relative = async (...host: readonly string[]): Promise<string[]> => {
    const { stdout } = await promisify(execFile)('node', ['scripts/slim.mjs', root, '--dry-run', ...host]);
    return stdout.trim().split('\n').sort();
  };
  it('is what belongs to other platforms, networks nobody names, and source maps', async () => {
    expect(await relative('--platform', 'linux', '--arch', 'x64', '--libc', 'glibc')).toEqual([
      '@duckdb/node-bindings-linux-x64-musl',
      '@some/nets/models/unused.bin',
      'library/index.js.map',
      'onnxruntime-node/bin/napi-v6/darwin',
      'onnxruntime-node/bin/napi-v6/linux/arm64',
      'onnxruntime-node/bin/napi-v6/win32',
    ]);
  });

  it('keeps the binding for the C library of the host', async () => {
    const gone = await relative('--platform', 'linux', '--arch', 'x64', '--libc', 'musl');
    expect(gone).toContain('@duckdb/node-bindings-linux-x64');
    expect(gone).not.toContain('@duckdb/node-bindings-linux-x64-musl');
  });
});
