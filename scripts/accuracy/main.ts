import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { attributesSection, type AttributeCase } from './attributes-report.js';
import { detectionSection, type DetectionCase } from './detection-report.js';
import { expressionSection, type ExpressionCase } from './expression-report.js';
import { grouped } from '../../src/runtime/grouped.js';
import { attributePictures, detectionSets, expressionSets } from './labelled-sets.js';
import { FaceMeter, mainFace } from './measure-faces.js';
import { runStress } from './stress/run.js';

const { values } = parseArgs({
  options: {
    media: { type: 'string', default: '../shared/media' },
    engine: { type: 'string', default: 'onnx' },
    expression: { type: 'string', default: 'best' },
    /** Only every n-th picture: a quick look. */
    every: { type: 'string', default: '1' },
    /** expression, age-gender or detection. */
    only: { type: 'string' },
    /** Only this set of expressions. */
    set: { type: 'string' },
    /** The conditions of a shop instead; with them the next four count. */
    stress: { type: 'boolean', default: false },
    /** Only so many faces of each set. */
    faces: { type: 'string' },
    /** Only conditions whose name holds this; may be given several times. */
    condition: { type: 'string', multiple: true },
    seed: { type: 'string', default: '20261' },
    /** Where the figures are written down. */
    json: { type: 'string' },
  },
});

/** What models/expression-head was trained on: figures measured on it flatter. */
const TRAINING_SET = 'faces-in-the-wild';

const every = Math.max(1, Number(values.every));
const thinned = <T>(items: readonly T[]): T[] => items.filter((_, index) => index % every === 0);
const wanted = (section: string): boolean => values.only === undefined || values.only === section;

const expressions = async (meter: FaceMeter, media: string): Promise<void> => {
  for (const [set, pictures] of await expressionSets(media)) {
    if (values.set !== undefined && set !== values.set) continue;
    const cases: ExpressionCase[] = [];
    for (const { file, person, label } of thinned(pictures))
      cases.push({ person, label, scores: mainFace(await meter.measure(file))?.emotions ?? null });
    const seen = set === TRAINING_SET ? ' (the shipped head was trained on it: see the cross-validated figures)' : '';
    console.log(`\n${expressionSection(`${set}${seen}`, cases)}`);
  }
};

const attributes = async (meter: FaceMeter, media: string): Promise<void> => {
  const cases: AttributeCase[] = [];
  for (const picture of thinned(await attributePictures(media))) {
    const face = mainFace(await meter.measure(picture.file));
    cases.push({ ...picture, measured: face === null ? null : { age: face.age, male: face.gender } });
  }
  for (const [set, own] of grouped(cases, (one) => one.set)) console.log(`\n${attributesSection(set, own)}`);
  console.log(`\n${attributesSection('all sets together', cases)}`);
};

const detections = async (meter: FaceMeter, media: string): Promise<void> => {
  for (const [set, pictures] of await detectionSets(media)) {
    const cases: DetectionCase[] = [];
    for (const { file, faces, noses } of thinned(pictures)) {
      const result = await meter.measure(file);
      const found = result.faces
        .filter(({ rejected }) => rejected === null)
        .map(({ box }) => ({
          x: box.x * result.width,
          y: box.y * result.height,
          width: box.width * result.width,
          height: box.height * result.height,
        }));
      cases.push({ file: path.basename(file), faces, noses, found });
    }
    console.log(`\n${detectionSection(set, cases)}`);
  }
};

const main = async (): Promise<void> => {
  const { media, engine, expression } = values;
  if (!existsSync(media)) throw new Error(`The folder ${media} does not exist; name one with --media.`);
  const options = {
    engine: engine === 'human' ? 'human' : 'onnx',
    expression: expression === 'fast' ? 'fast' : 'best',
  } as const;
  const portraits = await FaceMeter.start({ ...options, anyQuality: true });
  console.log(`# Accuracy\n\nMeasured with ${portraits.describe()}. Brackets: 95 % intervals.`);
  if (wanted('expression')) await expressions(portraits, media);
  if (wanted('age-gender')) await attributes(portraits, media);
  await portraits.close();
  if (!wanted('detection')) return;
  const scenes = await FaceMeter.start({ ...options, anyQuality: false });
  await detections(scenes, media);
  await scenes.close();
};

/** A whole number from one up; `name` is the option's. */
const countOf = (text: string, name: string): number => {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Error(`--${name} takes a whole number above nought, not “${text}”.`);
};

const stress = (): Promise<void> =>
  runStress({
    media: values.media,
    expression: values.expression === 'fast' ? 'fast' : 'best',
    faces: values.faces === undefined ? Number.POSITIVE_INFINITY : countOf(values.faces, 'faces'),
    conditions: values.condition ?? [],
    set: values.set,
    seed: countOf(values.seed, 'seed'),
    json: values.json,
  });

await (values.stress ? stress() : main());
