import { share, type Estimate } from './intervals.js';
import { shown, table } from './tables.js';

/** One labelled picture: where the noses are, and the faces found (pixels of the picture). */
export interface DetectionCase {
  readonly file: string;
  readonly faces: number;
  readonly noses: readonly (readonly [number, number])[];
  readonly found: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
}

const SIZES = [
  [0, 32],
  [32, 64],
  [64, 128],
  [128, 256],
  [256, Infinity],
] as const;

type Found = DetectionCase['found'][number];

const holds = (box: Found, [x, y]: readonly [number, number]): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

/** Which found face, if any, holds each labelled nose (each face once), and what is left over. */
export const matched = (
  one: DetectionCase,
): { readonly hits: readonly (Found | null)[]; readonly rest: readonly Found[] } => {
  const rest = [...one.found];
  const hits = one.noses.map((nose) => {
    const inside = rest.filter((box) => holds(box, nose));
    const off = (box: Found): number => Math.hypot(box.x + box.width / 2 - nose[0], box.y + box.height / 2 - nose[1]);
    const best = inside.sort((a, b) => off(a) - off(b))[0] ?? null;
    if (best !== null) rest.splice(rest.indexOf(best), 1);
    return best;
  });
  return { hits, rest };
};

/** Recall and false faces of one set; sizes are of the found boxes, so that a missed face has none. */
export const detectionSection = (set: string, cases: readonly DetectionCase[]): string => {
  const results = cases.map((one) => ({ one, ...matched(one) }));
  const labelled = results.flatMap(({ hits }) => hits);
  const found = labelled.filter((hit) => hit !== null);
  const extra = results.flatMap(({ rest }) => rest);
  const rightCount: Estimate = share(
    results.filter(({ one }) => one.found.length === one.faces).length,
    results.length,
  );
  const sized = SIZES.map(([from, to]) => {
    const inside = (box: Found): boolean => {
      const side = Math.min(box.width, box.height);
      return side >= from && side < to;
    };
    return [
      to === Infinity ? `${from}+` : `${from}–${to}`,
      String(found.filter(inside).length),
      String(extra.filter(inside).length),
    ];
  });
  const wrong = results
    .filter(({ one }) => one.found.length !== one.faces)
    .map(({ one }) => `${one.file} (${one.faces} labelled, ${one.found.length} found)`);
  return [
    `## Detection: ${set}`,
    table(
      ['pictures', 'right count', 'faces labelled', 'recall', 'false faces'],
      [
        [
          String(cases.length),
          shown(rightCount, 2),
          String(labelled.length),
          shown(share(found.length, labelled.length)),
          String(extra.length),
        ],
      ],
    ),
    table(['shorter side, px', 'found', 'false'], sized),
    wrong.length === 0 ? 'Every picture has the right count.' : `Wrong counts: ${wrong.join(', ')}.`,
  ].join('\n\n');
};
