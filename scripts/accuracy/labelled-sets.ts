import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Emotion } from '../../src/contracts/emotion.js';

const LABELS: Readonly<Record<string, Emotion>> = {
  angry: 'anger',
  anger: 'anger',
  disgust: 'disgust',
  disgusted: 'disgust',
  fear: 'fear',
  fearful: 'fear',
  happy: 'happiness',
  happiness: 'happiness',
  neutral: 'neutral',
  sad: 'sadness',
  sadness: 'sadness',
  surprise: 'surprise',
  surprised: 'surprise',
};

const PICTURE = /\.(jpe?g|png|webp)$/i;

/** The person in a picture: its file name up to the trailing number. */
export const personOf = (file: string): string =>
  path
    .basename(file)
    .replace(/\.\w+$/, '')
    .replace(/[_-]?\d+$/, '')
    .toLowerCase();

export interface ExpressionPicture {
  readonly file: string;
  readonly person: string;
  readonly label: Emotion;
}

const sortedNames = async (folder: string): Promise<string[]> =>
  existsSync(folder) ? (await readdir(folder)).sort() : [];

/** Every set under `emotion/<set>/<label>/`; portraits numbered per person (`001_03`) keep the number as the person. */
export const expressionSets = async (media: string): Promise<Map<string, ExpressionPicture[]>> => {
  const sets = new Map<string, ExpressionPicture[]>();
  const root = path.join(media, 'emotion');
  for (const set of await sortedNames(root)) {
    const pictures: ExpressionPicture[] = [];
    for (const name of await sortedNames(path.join(root, set))) {
      const label = LABELS[name.toLowerCase()];
      if (label === undefined) continue;
      for (const file of await sortedNames(path.join(root, set, name))) {
        if (PICTURE.test(file))
          pictures.push({ file: path.join(root, set, name, file), person: personOf(file), label });
      }
    }
    if (pictures.length > 0) sets.set(set, pictures);
  }
  return sets;
};

/** Rows of a comma-separated file with a head; quoted fields may hold commas. */
export const csvRows = (text: string): Record<string, string>[] => {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const cells = (line: string): string[] =>
    [...line.matchAll(/("([^"]*(?:""[^"]*)*)"|[^,]*)(,|$)/g)]
      .filter((match, index, all) => match[0] !== '' || (index < all.length - 1 && index > 0))
      .map((match) => (match[2] ?? match[1] ?? '').replaceAll('""', '"'));
  const head = cells(lines[0] ?? '');
  return lines.slice(1).map((line) => {
    const values = cells(line);
    return Object.fromEntries(head.map((name, index) => [name, values[index] ?? '']));
  });
};

export interface AttributePicture {
  readonly file: string;
  readonly set: string;
  readonly age: number;
  readonly ageGroup: string;
  readonly male: boolean | null;
}

/** The middle of `20-29`, `70+` (open: five years on) or an exact age. */
export const middleAge = (text: string): number => {
  const range = /^(\d+)-(\d+)$/.exec(text);
  if (range !== null) return (Number(range[1]) + Number(range[2]) + 1) / 2;
  const open = /^(\d+)\+$/.exec(text);
  return open === null ? Number(text) : Number(open[1]) + 5;
};

const decadeOf = (age: number): string => `${Math.floor(age / 10) * 10}s`;

/** `age-gender/labels.csv` (file, age, gender); the set is the first folder that says where the pictures are from. */
export const attributePictures = async (media: string): Promise<AttributePicture[]> => {
  const file = path.join(media, 'age-gender', 'labels.csv');
  if (!existsSync(file)) return [];
  return csvRows(await readFile(file, 'utf8')).map((row) => {
    const name = row['file'] ?? '';
    const age = row['age'] ?? '';
    const near = path.join(media, 'age-gender', name);
    const folders = path.dirname(name).split('/');
    return {
      file: existsSync(near) ? near : path.join(media, name),
      set: folders.find((folder) => !['age-gender', 'emotion', '.'].includes(folder)) ?? 'labels',
      age: middleAge(age),
      ageGroup: /^[\d.]+$/.test(age) ? decadeOf(Number(age)) : age,
      male: row['gender'] === 'male' ? true : row['gender'] === 'female' ? false : null,
    };
  });
};

export interface DetectionPicture {
  readonly file: string;
  readonly faces: number;
  readonly noses: readonly (readonly [number, number])[];
}

/** Every `images/<set>/labels.csv` (file, faces, nose_points_xy). */
export const detectionSets = async (media: string): Promise<Map<string, DetectionPicture[]>> => {
  const sets = new Map<string, DetectionPicture[]>();
  const root = path.join(media, 'images');
  for (const set of await sortedNames(root)) {
    const file = path.join(root, set, 'labels.csv');
    if (!existsSync(file)) continue;
    const pictures = csvRows(await readFile(file, 'utf8')).map((row) => ({
      file: path.join(root, set, row['file'] ?? ''),
      faces: Number(row['faces']),
      noses: [...(row['nose_points_xy'] ?? '').matchAll(/(\d+),(\d+)/g)].map(
        (match) => [Number(match[1]), Number(match[2])] as const,
      ),
    }));
    sets.set(set, pictures);
  }
  return sets;
};
