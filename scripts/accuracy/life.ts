import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { configSchema } from '../../src/config/schema.js';
import { startEngine } from '../../src/inference/start-engine.js';
import { createLogger } from '../../src/runtime/logger.js';
import { hangOnWall, looksOf } from './life-looks.js';
import { lifeSection, type Watched } from './life-report.js';

const { values } = parseArgs({
  options: {
    media: { type: 'string', default: '../shared/media' },
    threads: { type: 'string', default: '1' },
  },
});

const FACE_SIZES_PX = [60, 110] as const;
const NOISE = { 60: 4, 110: 8 } as const;

const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => path.join(folder, name));

const talking = path.join(values.media, 'talking');
const portraits = filesOf(path.join(values.media, 'emotion/london/neutral'), '.jpg').filter((_, at) => at % 6 === 0);
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
    const facePx = FACE_SIZES_PX[at % 2] ?? 60;
    const file = path.join(folder, `${String(at)}.mp4`);
    hangOnWall(source, file, facePx, NOISE[facePx]);
    pictures.push({ name: path.basename(source), set: 'picture', looks: await looksOf(engine, file) });
  }
  console.log(lifeSection(people, pictures));
} finally {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
}
