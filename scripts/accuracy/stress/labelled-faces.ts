import path from 'node:path';
import type { Emotion } from '../../../src/contracts/emotion.js';
import { grouped } from '../../../src/runtime/grouped.js';
import { attributePictures, expressionSets, personOf } from '../labelled-sets.js';

/** A picture of one face, and what is known of it. */
export interface LabelledFace {
  readonly file: string;
  readonly set: string;
  readonly person: string;
  readonly label: Emotion | null;
  readonly age: number | null;
  readonly male: boolean | null;
}

/** What the shipped head was trained on would flatter it; named by hand it may be measured all the same. */
const TRAINING_SET = 'faces-in-the-wild';

/**
 * Every face of a folder that has a label: neutral and happy ones of the sets of expressions, and those with an age or a
 * gender; a picture in both is one face. `limit` takes so many of each set, evenly.
 */
export const labelledFaces = async (media: string, limit: number, only?: string): Promise<LabelledFace[]> => {
  const faces = new Map<string, LabelledFace>();
  for (const [set, pictures] of await expressionSets(media)) {
    if (set === TRAINING_SET && only !== TRAINING_SET) continue;
    for (const { file, person, label } of pictures)
      if (label === 'neutral' || label === 'happiness')
        faces.set(path.resolve(file), { file, set, person, label, age: null, male: null });
  }
  for (const { file, set, age, male } of await attributePictures(media)) {
    const key = path.resolve(file);
    const known = faces.get(key) ?? { file, set, person: personOf(file) || file, label: null };
    // Pictures that are merely numbered are of as many people.
    faces.set(key, { ...known, person: known.label === null ? file : known.person, age, male });
  }
  return [...grouped([...faces.values()], ({ set }) => set)]
    .filter(([set]) => only === undefined || set === only)
    .flatMap(([, own]) => thinned(own, limit));
};

/** At most so many, evenly over all of them. */
const thinned = <T>(items: readonly T[], limit: number): T[] =>
  items.length <= limit
    ? [...items]
    : Array.from({ length: limit }, (_, i) => items[Math.floor(((i + 0.5) * items.length) / limit)] as T);
