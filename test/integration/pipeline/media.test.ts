import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../fixtures/run-cli.js';

const MEDIA = process.env['EMOSCOPE_TEST_MEDIA'] ?? resolve(import.meta.dirname, '../../../../shared/media');
const video = resolve(MEDIA, 'videos/WolfgangLanger_Pexels.mp4');

interface Line {
  readonly tMs: number;
  readonly emotions: { readonly happiness: number };
}

describe.skipIf(!existsSync(video))('a woman who is sad for 5 s and happy from 10 s on', () => {
  it('is at least 40 points happier in 11–19 s than in 0–5 s', async () => {
    const { code, stdout } = await runCli(['analyze', video, '--fps', '5']);
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    const meanHappiness = (fromS: number, toS: number): number => {
      const own = lines.filter(({ tMs }) => tMs >= fromS * 1000 && tMs < toS * 1000);
      expect(own.length).toBeGreaterThan(15);
      return own.reduce((sum, { emotions }) => sum + emotions.happiness, 0) / own.length;
    };
    expect(meanHappiness(11, 19) - meanHappiness(0, 5)).toBeGreaterThanOrEqual(40);
  });
});
