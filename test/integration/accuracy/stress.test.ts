import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { photograph } from '../inference/photographs.js';

const run = promisify(execFile);

let media: string;

beforeAll(async () => {
  media = await mkdtemp(path.join(tmpdir(), 'stress-media-'));
  const folders = { happy: ['sample1.jpg', 'sample3.jpg'], neutral: ['sample5.jpg', 'sample6.jpg'] };
  for (const [label, files] of Object.entries(folders)) {
    const folder = path.join(media, 'emotion', 'samples', label);
    await mkdir(folder, { recursive: true });
    for (const file of files) await copyFile(photograph(file), path.join(folder, file));
  }
  await writeFile(path.join(media, 'emotion', 'samples', 'neutral', 'broken.jpg'), 'no picture');
  await mkdir(path.join(media, 'age-gender'));
  await writeFile(
    path.join(media, 'age-gender', 'labels.csv'),
    'file,age,gender\nemotion/samples/happy/sample1.jpg,20-29,female\n',
  );
});

const stress = (...options: string[]): Promise<{ stdout: string; stderr: string }> =>
  run(process.execPath, ['--import', 'tsx', 'scripts/accuracy/main.ts', '--stress', ...options]);

describe('accuracy under the conditions of a shop', () => {
  it('is measured on any labelled folder and written down', async () => {
    const json = path.join(media, 'figures.json');
    const asked = ['--condition', 'as it is', '--condition', 'mask', '--condition', '48 px'];
    const { stdout } = await stress('--media', media, '--json', json, '--expression', 'fast', ...asked);
    expect(stdout).toContain('Faces: samples 4.');
    expect(stdout).toContain('broken.jpg');
    expect(stdout).toMatch(/\| mask \|/);
    const { rows } = JSON.parse(await readFile(json, 'utf8')) as {
      rows: { name: string; figures: { faces: number; found: { value: number; low: number } } }[];
    };
    expect(rows.map(({ name }) => name)).toEqual(['as it is', 'mask', '48 px, crf 32']);
    for (const { figures } of rows) expect(figures.faces).toBe(4);
    expect(rows[0]?.figures.found).toMatchObject({ value: 1 });
    expect(rows[2]?.figures.found.value).toBeGreaterThan(0.5);
  });

  it.each([
    [['--media', '/nowhere/at/all'], 'The folder /nowhere/at/all does not exist'],
    [['--faces', 'many'], '--faces takes a whole number'],
    [['--condition', 'fog'], 'No condition is called “fog”'],
  ])('says what is wrong with %j', async (options, words) => {
    await expect(stress('--media', media, ...options)).rejects.toThrow(words);
  });

  it('says so where nothing is labelled', async () => {
    const empty = await mkdtemp(path.join(tmpdir(), 'stress-empty-'));
    await expect(stress('--media', empty, '--condition', 'mask')).rejects.toThrow('holds no labelled faces');
  });
});
