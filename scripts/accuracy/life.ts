import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { configSchema } from '../../src/config/schema.js';
import { startEngine } from '../../src/inference/engine/start-engine.js';
import { createLogger } from '../../src/runtime/logger.js';
import { hangOnWall, looksOf } from './life-looks.js';
import { lifeSection, type Watched } from './life-report.js';

const { values } = parseArgs({
  options: {
    media: { type: 'string', default: '../shared/media' },
    threads: { type: 'string', default: '1' },
  },
});

/** Sizes of hung faces, px, and the noise of the camera. */
const HUNG = [
  { facePx: 45, noise: 4 },
  { facePx: 60, noise: 4 },
  { facePx: 80, noise: 6 },
  { facePx: 110, noise: 8 },
  { facePx: 160, noise: 8 },
] as const;

const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => path.join(folder, name));

const talking = path.join(values.media, 'talking');
const portraits = (
  [
    ['neutral', 3],
    ['happy', 6],
  ] as const
).flatMap(([label, nth]) =>
  filesOf(path.join(values.media, 'emotion/london', label), '.jpg').filter((_, at) => at % nth === 0),
);
const neutral = filesOf(path.join(talking, 'neutral'), '.mp4');
const { inference } = configSchema.parse({ inference: { threads: Number(values.threads), expression: 'fast' } });
const engine = await startEngine(inference, createLogger({ level: 'warn', pretty: false }));
const folder = mkdtempSync(path.join(tmpdir(), 'emoscope-life-'));
try {
  const people: Watched[] = [];
  for (const set of ['neutral', 'laughing', 'other'])
    for (const file of filesOf(path.join(talking, set), '.mp4'))
      people.push({ name: path.basename(file), set, looks: await looksOf(engine, file) });
  const pictures: Watched[] = [];
  for (const [at, source] of [...neutral, ...portraits].entries()) {
    for (const { facePx, noise } of [HUNG[(2 * at) % 5], HUNG[(2 * at + 2) % 5]].filter((one) => one !== undefined)) {
      const file = path.join(folder, `${String(at)}-${String(facePx)}.mp4`);
      hangOnWall(source, file, facePx, noise);
      pictures.push({ name: path.basename(source), set: 'picture', looks: await looksOf(engine, file) });
    }
  }
  console.log(lifeSection(people, pictures));
} finally {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
}
