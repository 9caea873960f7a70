import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Me1Report } from '../../../src/contracts/figures/me1-schema.js';
import type { VisitorsReport } from '../../../src/contracts/figures/visitors-schema.js';
import { ffmpegSync, temporaryFolder } from '../../fixtures/clips.js';
import { runCli, samplePhoto } from '../../fixtures/run-cli.js';

const folder = temporaryFolder('poster');
const clip = join(folder.path, 'poster.mp4');

const report = async <Report>(kind: string, ...more: string[]): Promise<Report> => {
  const { stdout, stderr, code } = await runCli([
    'analyze',
    clip,
    '--report',
    kind,
    '--open',
    '--json',
    '--fps',
    '5',
    ...more,
  ]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Report;
};

describe('faces that do not live', () => {
  beforeAll(() => {
    // Photographs on a wall: the camera trembles, the light changes, the encoder flickers.
    const filter = [
      "scale=960:-2,crop=880:500:'20+2*sin(4.4*t)+1.5*sin(14*t)':'20+1.5*cos(5.6*t)'",
      "eq=brightness='0.05*sin(t)':eval=frame",
      'noise=alls=4:allf=t',
    ].join(',');
    ffmpegSync(
      ...['-loop', '1', '-framerate', '10', '-t', '14', '-i', samplePhoto(6)],
      ...[
        '-vf',
        filter,
        '-c:v',
        'libx264',
        '-crf',
        '28',
        '-preset',
        'veryfast',
        '-g',
        '20',
        '-pix_fmt',
        'yuv420p',
        clip,
      ],
    );
  });

  afterAll(() => folder.remove());

  it('are left out of МЭ-1 and of the visitors, which say so; material made of photographs keeps them', async () => {
    const kept = await report<Me1Report>('me1', '--still-faces', 'keep');
    const me1 = await report<Me1Report>('me1');
    expect(kept.total.samples).toBeGreaterThan(100);
    expect(kept.notes).toEqual([]);
    expect(me1.total.samples).toBeLessThan(0.1 * kept.total.samples);
    expect(me1.total.analysedFrames).toBe(kept.total.analysedFrames);
    expect(me1.notes.map(({ ru }) => ru).join()).toMatch(/Неживые лица .* «poster.mp4»: \d+ отметок/);
    const visitors = await report<VisitorsReport>('visitors');
    expect(visitors.notes.map(({ en }) => en).join()).toContain('do not live');
  }, 300_000);
});
