import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { EMOTIONS } from '../../src/contracts/emotion.js';
import { HEAD_PATH, ExpressionHead } from '../../src/inference/describe/expression/expression-head.js';
import { expressionSection, type ExpressionCase } from '../../scripts/accuracy/expression-report.js';
import { expressionSets } from '../../scripts/accuracy/labelled-sets.js';
import { crossValidate, trainHead, type TrainingFace } from './cross-validate.js';
import { trainingFaces } from './feature-cache.js';
import { TRAINING } from './train-linear.js';

const { values } = parseArgs({
  options: {
    media: { type: 'string', default: '../shared/media' },
    cache: { type: 'string', default: path.join(tmpdir(), 'emoscope-expression-head') },
    /** The set under emotion/ to learn from; every other set is only tested on. */
    set: { type: 'string', default: 'faces-in-the-wild' },
    /** Where the trained head is written. */
    head: { type: 'string', default: HEAD_PATH },
    /** Only measure, do not write the head. */
    dry: { type: 'boolean', default: false },
  },
});

const labelOf = ({ label }: TrainingFace): (typeof EMOTIONS)[number] => EMOTIONS[label] ?? 'neutral';

const sets = await expressionSets(values.media);
const pictures = sets.get(values.set);
if (pictures === undefined) throw new Error(`There is no set emotion/${values.set} in ${values.media}.`);
const faces = await trainingFaces(values.set, pictures, values.cache);
const startedMs = performance.now();
const { scores, calibration } = crossValidate(faces, TRAINING);
const cases = (pick: (one: (typeof scores)[number]) => ExpressionCase['scores']): ExpressionCase[] =>
  scores.map((one) => ({ person: one.face.person, label: labelOf(one.face), scores: pick(one) }));
const report = [
  `Trained on ${faces.length} of ${pictures.length} pictures of ${values.set} (in the others no face was found), ${new Set(faces.map(({ person }) => person)).size} people, five folds, nobody in two folds.`,
  expressionSection(
    `${values.set}, cross-validated`,
    cases((one) => one.scores),
  ),
  expressionSection(
    `${values.set}, cross-validated, shrunk to faces of 18–80 pixels`,
    cases((one) => one.altered[2] ?? null),
  ),
];
const stored = { ...trainHead(faces, TRAINING), calibration };
const head = new ExpressionHead(stored);
for (const [name, others] of sets) {
  if (name === values.set) continue;
  const own = await trainingFaces(name, others, values.cache);
  const measured = own.map((face) => ({ person: face.person, label: labelOf(face), scores: head.scores(face.plain) }));
  report.push(expressionSection(`${name}, never trained on`, measured));
}
console.log(report.join('\n\n'));
console.log(`\nCalibration: ${JSON.stringify(calibration)}`);
console.error(`trained in ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
if (!values.dry) await writeFile(values.head, `${JSON.stringify(stored, null, 2)}\n`);
