import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EMOTIONS } from '../../../src/contracts/emotion.js';
import { ffmpegSync, makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { runCli, samplePhoto } from '../../fixtures/run-cli.js';

const folder = temporaryFolder('analyze');
afterAll(() => folder.remove());

interface Line {
  readonly file: string;
  readonly tMs: number;
  readonly trackId: string;
  readonly box: readonly [number, number, number, number];
  readonly score: number;
  readonly emotions: Record<string, number>;
  readonly mood: number;
}

const linesOf = (stdout: string): Line[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

describe('emoscope analyze', () => {
  it('gives one sample per face of a photograph, and nothing else on stdout', async () => {
    const { code, stdout } = await runCli(['analyze', samplePhoto(1)]);
    expect(code).toBe(0);
    const lines = linesOf(stdout);
    expect(lines.length).toBeGreaterThanOrEqual(3);
    for (const line of lines) {
      expect(Object.keys(line.emotions).sort()).toEqual([...EMOTIONS].sort());
      expect(Object.values(line.emotions).reduce((sum, value) => sum + value, 0)).toBeCloseTo(100, 3);
      expect(line.box[2]).toBeGreaterThan(24);
      expect(line.mood).toBeGreaterThanOrEqual(0);
    }
  });

  it('walks folders, follows a face through a video and goes on after a broken file', async () => {
    const inner = join(folder.path, 'material', 'inner');
    mkdirSync(inner, { recursive: true });
    copyFileSync(samplePhoto(2), join(inner, 'a.jpg'));
    writeFileSync(join(inner, 'broken.jpg'), 'not a picture');
    writeFileSync(join(inner, 'notes.txt'), 'no picture');
    ffmpegSync(
      ...['-loop', '1', '-t', '3', '-i', samplePhoto(3)],
      ...['-vf', 'scale=960:-2', '-r', '10', '-pix_fmt', 'yuv420p', join(inner, 'film.mp4')],
    );
    const { code, stdout, stderr } = await runCli(['analyze', join(folder.path, 'material'), '--fps', '2']);
    // It was found in a folder and not named itself.
    expect(code).toBe(0);
    expect(stderr).toContain('broken.jpg');
    const lines = linesOf(stdout);
    expect(lines.some(({ file }) => file.endsWith('a.jpg'))).toBe(true);
    const film = lines.filter(({ file }) => file.endsWith('film.mp4'));
    const instants = new Set(film.map(({ tMs }) => tMs));
    expect([...instants].sort((a, b) => a - b).slice(0, 6)).toEqual([0, 500, 1000, 1500, 2000, 2500]);
    const perTrack = new Map<string, number>();
    for (const { trackId } of film) perTrack.set(trackId, (perTrack.get(trackId) ?? 0) + 1);
    expect(Math.max(...perTrack.values())).toBe(instants.size);
  });

  it('finds no face where there is none, without an error', async () => {
    const clip = makeClip(join(folder.path, 'pattern.mp4'), { seconds: 2 });
    const { code, stdout } = await runCli(['analyze', clip, '--fps', '2']);
    expect(code).toBe(0);
    expect(stdout).toBe('');
  });

  it('reports the material as МЭ-1', async () => {
    const { code, stdout } = await runCli(['analyze', samplePhoto(1), samplePhoto(2), '--report', '--json', '--open']);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as {
      rows: { analysedFrames: number; samples: number }[];
      total: { samples: number; utilizationPercent: number };
    };
    expect(report.rows).toHaveLength(1);
    expect(report.rows[0]?.analysedFrames).toBe(2);
    expect(report.total.samples).toBeGreaterThanOrEqual(4);
    expect(report.total.utilizationPercent).toBe(100);
  });
});
