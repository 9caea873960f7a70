import { createHash } from 'node:crypto';

/** Digits of a figure that count for the tag: the last ones depend on the order in which the store's threads add up. */
const TAG_DIGITS = 12;

const figuresOnly = (key: string, value: unknown): unknown => {
  if (key === 'generatedTs') return undefined;
  return typeof value === 'number' ? Number(value.toPrecision(TAG_DIGITS)) : value;
};

/** Weak tag of what a report says: equal figures give equal tags, whenever they were computed. */
export const reportTag = (kind: string, model: unknown, form: string): string => {
  const hash = createHash('sha256')
    .update(`${kind} ${form} ${JSON.stringify(model, figuresOnly)}`)
    .digest('base64url');
  return `W/"${hash}"`;
};
