import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { InferenceService } from '../../../src/inference/engine/service.js';
import { grouped } from '../../../src/runtime/grouped.js';
import { conditionFigures } from './figures.js';
import { FaceFinder, readRgb } from './face-finder.js';
import { labelledFaces, type LabelledFace } from './labelled-faces.js';
import { type StressRow, stressTables, talkTable } from './report.js';
import type { StressCase } from './seen-face.js';
import { SHOP_CONDITIONS, type ShopCondition } from './shop-conditions.js';
import { PEOPLE_IN_A_FILM, showFilm } from './shown-films.js';
import { type PreparedFace, showPicture, startService } from './shown-pictures.js';
import { talkAuc, talkFigures, talkingClips, type TalkClip, watchTalk } from './talking.js';

const TALKING = 'talking';

export interface StressOptions {
  readonly media: string;
  readonly expression: 'fast' | 'best';
  /** So many faces of each set; infinite: all. */
  readonly faces: number;
  /** Parts of names of conditions; none: all, with the talking clips. */
  readonly conditions: readonly string[];
  readonly set: string | undefined;
  readonly seed: number;
  readonly json: string | undefined;
}

/** Faces with their meshes; those in which no face is found as they are can be put under no condition, and are named. */
const prepared = async (faces: readonly LabelledFace[]): Promise<{ ready: PreparedFace[]; without: string[] }> => {
  const finder = await FaceFinder.start();
  const ready: PreparedFace[] = [];
  const without: string[] = [];
  for (const label of faces) {
    const face = await readRgb(label.file).then(
      (picture) => finder.find(picture),
      () => null,
    );
    if (face === null) without.push(path.basename(label.file));
    else ready.push({ label, face });
  }
  return { ready, without };
};

const casesOf = async (
  service: InferenceService,
  condition: ShopCondition,
  faces: readonly PreparedFace[],
  seed: number,
): Promise<StressCase[]> => {
  const cases: StressCase[] = [];
  if (condition.kind === 'picture') {
    for (const [i, face] of faces.entries())
      cases.push(await showPicture(service, face, condition.condition, seed + i));
    return cases;
  }
  for (let i = 0; i < faces.length; i += PEOPLE_IN_A_FILM)
    cases.push(...(await showFilm(service, faces.slice(i, i + PEOPLE_IN_A_FILM), condition, seed + i)));
  return cases;
};

const watchAll = async (service: InferenceService, media: string): Promise<TalkClip[]> => {
  const clips: TalkClip[] = [];
  for (const { kind, file } of await talkingClips(media)) clips.push(await watchTalk(service, kind, file));
  return clips;
};

/** What the engine does under the conditions of a shop; prints the tables, and writes the figures down where `json` says. */
export const runStress = async (options: StressOptions): Promise<void> => {
  const { media, seed, conditions, json } = options;
  if (!existsSync(media)) throw new Error(`The folder ${media} does not exist; name one with --media.`);
  const asked = (name: string): boolean => conditions.length === 0 || conditions.some((part) => name.includes(part));
  const chosen = SHOP_CONDITIONS.filter(({ name }) => asked(name));
  const names = [...SHOP_CONDITIONS.map(({ name }) => name), TALKING];
  const unknown = conditions.find((part) => !names.some((name) => name.includes(part)));
  if (unknown !== undefined) throw new Error(`No condition is called “${unknown}”; there are ${names.join('; ')}.`);
  const labelled = chosen.length === 0 ? [] : await labelledFaces(media, options.faces, options.set);
  if (chosen.length > 0 && labelled.length === 0)
    throw new Error(`${media} holds no labelled faces: emotion/<set>/{neutral,happy}/… or age-gender/labels.csv.`);
  const { ready, without } = await prepared(labelled);
  const service = await startService(options.expression);
  try {
    const { engine, device } = service.info();
    console.log(`Engine ${engine}, device ${device}, expression ${options.expression}, seed ${seed}.`);
    const sets = [...grouped(ready, ({ label }) => label.set)].map(([set, own]) => `${set} ${own.length}`);
    if (sets.length > 0) console.log(`Faces: ${sets.join(', ')}. Brackets: 95 % intervals.`);
    if (without.length > 0)
      console.log(`No face is found, or no picture, in ${without.length}: ${without.join(', ')}.`);
    const rows: StressRow[] = [];
    const written = (more: object): void => {
      if (json !== undefined) writeFileSync(json, `${JSON.stringify({ seed, sets, rows, ...more }, null, 2)}\n`);
    };
    for (const condition of chosen) {
      rows.push({
        name: condition.name,
        figures: conditionFigures(await casesOf(service, condition, ready, seed)),
      });
      console.error(`${condition.name}: done`);
      written({});
    }
    if (rows.length > 0) console.log(`\n${stressTables(rows)}`);
    if (!asked(TALKING)) return;
    const clips = await watchAll(service, media);
    const talk = [...grouped(clips, ({ kind }) => kind)].map(([kind, own]) => talkFigures(kind, own));
    if (talk.length > 0) console.log(`\n${talkTable(talk, talkAuc(clips))}`);
    written({ talk, talkAuc: talkAuc(clips) });
  } finally {
    await service.close();
  }
};
