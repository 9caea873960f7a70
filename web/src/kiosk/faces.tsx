import type { Grade } from './facts/press.js';
import type { Word } from './words.js';

interface Look {
  readonly word: Word;
  readonly fill: string;
  /** From −1, corners of the mouth far down, to 1. */
  readonly mouth: number;
}

const GREEN = '#1f9d55';
const LIME = '#8bc34a';
const YELLOW = '#f6c343';
const ORANGE = '#f08c3a';
const RED = '#e5484d';

/** How the faces of a scale look, best first. */
const LOOKS: Readonly<Record<number, readonly Look[]>> = {
  2: [
    { word: 'face.liked', fill: GREEN, mouth: 1 },
    { word: 'face.disliked', fill: RED, mouth: -1 },
  ],
  3: [
    { word: 'face.good', fill: GREEN, mouth: 1 },
    { word: 'face.soso', fill: YELLOW, mouth: 0 },
    { word: 'face.bad', fill: RED, mouth: -1 },
  ],
  4: [
    { word: 'face.excellent', fill: GREEN, mouth: 1 },
    { word: 'face.good', fill: LIME, mouth: 0.5 },
    { word: 'face.bad', fill: ORANGE, mouth: -0.5 },
    { word: 'face.awful', fill: RED, mouth: -1 },
  ],
  5: [
    { word: 'face.excellent', fill: GREEN, mouth: 1 },
    { word: 'face.good', fill: LIME, mouth: 0.5 },
    { word: 'face.fair', fill: YELLOW, mouth: 0 },
    { word: 'face.bad', fill: ORANGE, mouth: -0.5 },
    { word: 'face.awful', fill: RED, mouth: -1 },
  ],
};

export const looksOf = (grades: readonly Grade[]): readonly (Look & { readonly grade: Grade })[] =>
  (LOOKS[grades.length] ?? []).map((look, at) => ({ ...look, grade: grades[at] ?? 'green' }));

/** A drawn face; what it means is said by the button around it. */
export const Face = ({ fill, mouth }: Pick<Look, 'fill' | 'mouth'>) => (
  <svg viewBox="0 0 100 100" aria-hidden="true">
    <circle cx="50" cy="50" r="46" fill={fill} stroke="#111" stroke-width="4" />
    <ellipse cx="33" cy="40" rx="6" ry="9" fill="#111" />
    <ellipse cx="67" cy="40" rx="6" ry="9" fill="#111" />
    <path
      d={`M26 ${67 - mouth * 5} Q50 ${67 + mouth * 25} 74 ${67 - mouth * 5}`}
      fill="none"
      stroke="#111"
      stroke-width="6"
      stroke-linecap="round"
    />
  </svg>
);
