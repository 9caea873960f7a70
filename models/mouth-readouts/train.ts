import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { share } from '../../scripts/accuracy/intervals.js';
import { encodeFloats } from '../../src/inference/describe/expression/expression-head.js';
import { LEARNT_COUNT } from '../../src/inference/describe/expression/head-features.js';
import { MouthReader, READOUTS_PATH, type StoredReadouts } from '../../src/inference/describe/mouth/mouth-reader.js';
import { mouthExamples, type MouthExample } from './mouth-examples.js';
import { Ridge } from './ridge.js';

const { values } = parseArgs({
  options: {
    media: { type: 'string', default: '../shared/media' },
    cache: { type: 'string', default: path.join(tmpdir(), 'emoscope-mouth-readouts') },
    /** Every n-th labelled face. */
    every: { type: 'string', default: '2' },
    readouts: { type: 'string', default: READOUTS_PATH },
    /** Only measure, do not write. */
    dry: { type: 'boolean', default: false },
  },
});

const PENALTY = 0.6;
/** What must not be taken for a covered mouth weighs more than its share: glasses and poor light stay, a hand goes. */
const BARE_WEIGHT: Readonly<Record<string, number>> = { glasses: 2, dark: 2 };
const isCovered = ({ kind }: MouthExample): boolean => kind === 'mask' || kind === 'hand';

/** Both read-outs from these examples. */
const trained = (examples: readonly MouthExample[]): StoredReadouts => {
  const open = new Ridge(LEARNT_COUNT);
  const covered = new Ridge(LEARNT_COUNT);
  const shares = [true, false].map((wanted) => examples.filter((one) => isCovered(one) === wanted).length);
  for (const example of examples) {
    const target = isCovered(example) ? 1 : -1;
    const weight = ((BARE_WEIGHT[example.kind] ?? 1) * examples.length) / 2 / (shares[isCovered(example) ? 0 : 1] ?? 1);
    for (const features of example.features) {
      covered.add(features, target, weight);
      if (example.gap !== null) open.add(features, example.gap);
    }
  }
  const stored = (ridge: Ridge): string => encodeFloats(ridge.solve(PENALTY * examples.length));
  return { format: 1, features: LEARNT_COUNT, open: stored(open), covered: stored(covered) };
};

const correlation = (pairs: readonly (readonly [number, number])[]): number => {
  const mean = (pick: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[pick], 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  const sum = (of: (pair: readonly [number, number]) => number): number =>
    pairs.reduce((all, pair) => all + of(pair), 0);
  return (
    sum((pair) => (pair[0] - x) * (pair[1] - y)) /
    Math.sqrt(sum((pair) => (pair[0] - x) ** 2) * sum((pair) => (pair[1] - y) ** 2))
  );
};

const examples = await mouthExamples(values.media, values.cache, Number(values.every));
const persons = [...new Set(examples.map(({ person }) => person))].sort();
const heldOut = new Set(persons.filter((_, n) => n % 4 === 0));
console.log(
  `${String(examples.length)} looks at ${String(persons.length)} people; ${String(heldOut.size)} of them only tested on.`,
);
const reader = new MouthReader(trained(examples.filter(({ person }) => !heldOut.has(person))));
const unseen = examples.filter(({ person }) => heldOut.has(person));
for (const [copy, name] of [
  [0, 'as it is'],
  [1, 'small copy'],
] as const) {
  const read = unseen.map((example) => ({ example, ...reader.read(example.features[copy] as Float32Array) }));
  const gaps = read.flatMap(({ example, open }) => (example.gap === null ? [] : [[open, example.gap] as const]));
  console.log(`\n${name}: openness, correlation with the mesh ${correlation(gaps).toFixed(3)}`);
  for (const kind of ['bare', 'glasses', 'dark', 'mask', 'hand'] as const) {
    const own = read.filter(({ example }) => example.kind === kind);
    for (const level of [0, 0.1, 0.2, 0.3]) {
      const { value, low, high } = share(own.filter(({ covered }) => covered > level).length, own.length);
      console.log(
        `  ${kind}: called covered above ${String(level)} ${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}] of ${String(own.length)}`,
      );
    }
  }
}
if (!values.dry) await writeFile(values.readouts, `${JSON.stringify(trained(examples), null, 2)}\n`);
