import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCli } from '../../fixtures/run-cli.js';
import { yunetLike } from '../../fixtures/yunet-graph.js';

it('a model file is added by the command line, listed, and refused with the reason', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'emoscope-models-'));
  const config = join(folder, 'emoscope.yaml');
  const write = (detector: string): Promise<void> =>
    writeFile(
      config,
      `store: { path: ${join(folder, 'emoscope.duckdb')} }\ninference: { detector: ${detector}, cache: ${join(folder, 'cache')}, threads: 1, device: cpu }\nstreams: []\n`,
    );
  await write('yunet');
  const run = (...args: string[]) => runCli(['models', ...args, '--config', config]);
  const missing = await run();
  expect(missing.code).not.toBe(0);
  expect(missing.stderr).toContain('MODEL_MISSING');
  const good = join(folder, 'yunet.onnx');
  const bad = join(folder, 'page.onnx');
  await writeFile(good, yunetLike());
  await writeFile(bad, '<html>');
  const told = ['--as', 'yunet', '--licence', 'MIT', '--source', 'made by a test'];
  const refused = await run('add', bad, ...told);
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain('MODEL_REFUSED');
  expect(refused.stderr).toContain('no ONNX file');
  const unnamed = await run('add', good, '--as', 'yunet');
  expect(unnamed.stderr).toContain('--licence');
  const added = await run('add', good, ...told);
  expect(added.stderr).toBe('');
  expect(added.code).toBe(0);
  expect(added.stdout).toMatch(/^yunet +detection +made by a test@added {2}MIT {2}\[1×3×320×320\] {2}yunet\.onnx/);
  expect((await run()).stdout).toMatch(/\nyunet .*\nfacemesh /);
  await write('blazeface');
  expect((await run()).stdout).toMatch(/\nblazeface [^]*\nadded, not in use:\nyunet /);
  const json = JSON.parse((await run('--json')).stdout) as { added: { name: string }[] };
  expect(json.added.map(({ name }) => name)).toEqual(['yunet']);
}, 180_000);
